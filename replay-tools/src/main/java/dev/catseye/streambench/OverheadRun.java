package dev.catseye.streambench;

/**
 * Service and client, one after the other.
 *
 * @param service latency of the service
 * @param client latency of the client
 * @param serviceRate frames per second that the service passes at most
 * @param clientRate frames per second that the client passes at most
 */
record OverheadRun(Passes service, Passes client, double serviceRate, double clientRate) {
  /** What the service passes of what the client passes. */
  double ratio() {
    return serviceRate / clientRate;
  }
}
