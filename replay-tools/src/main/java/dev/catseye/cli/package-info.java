/**
 * The command line {@code catseye}: one thin class per verb that reads options, calls the package
 * of that verb and prints its result. May import every package of this module; nothing imports it.
 */
package dev.catseye.cli;
