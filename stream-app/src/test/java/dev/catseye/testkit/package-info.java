/** What several tests need: frames and masks to begin with. */
package dev.catseye.testkit;
