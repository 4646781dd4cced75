/** What the tests of this room share: resources, NumPy files, real data where a machine has it. */
package dev.catseye.testing;
