/** Tests of the files that put Catseye on a machine; may import the service they start. */
package dev.catseye.deploy;
