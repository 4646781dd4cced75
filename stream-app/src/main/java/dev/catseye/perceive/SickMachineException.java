package dev.catseye.perceive;

/**
 * Inference fails on a frame and on the golden frame too: the machine is at fault. Nothing is
 * committed for the frame and the process must end.
 */
public final class SickMachineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SickMachineException(String message, Throwable cause) {
    super(message, cause);
  }
}
