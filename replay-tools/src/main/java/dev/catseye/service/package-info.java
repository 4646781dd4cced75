/**
 * The service as a child process, for the demo, chaos and the benches of the stream: where it is,
 * how it is started, what its status pages say. May import {@code dev.catseye.tools}; meets the
 * service on topics, signals and HTTP only.
 */
package dev.catseye.service;
