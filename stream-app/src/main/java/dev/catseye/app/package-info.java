/** Starts, watches and stops the service: the only package that knows all the others. */
package dev.catseye.app;
