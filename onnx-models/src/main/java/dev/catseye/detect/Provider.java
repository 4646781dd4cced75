package dev.catseye.detect;

/** Where the network is computed. */
public enum Provider {
  /** The processor's cores. */
  CPU,
  /** An NVIDIA GPU; needs the runtime's GPU jar and CUDA 12 with cuDNN 9. */
  CUDA
}
