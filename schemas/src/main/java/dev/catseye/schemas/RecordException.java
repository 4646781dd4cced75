package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

import org.apache.kafka.common.errors.SerializationException;

/**
 * Bytes that are no valid record of ours. It is a {@link SerializationException}, so that Kafka's
 * clients and Streams treat it as what it is: bad data.
 */
public final class RecordException extends SerializationException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /**
   * @param reason kind of failure, for meters and dead-letter headers
   * @param message one line that names the record and the numbers
   */
  public RecordException(Reason reason, String message) {
    super(message);
    this.reason = requireNonNull(reason, "reason");
  }

  /** Same, keeping what led to it. */
  public RecordException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = requireNonNull(reason, "reason");
  }

  /** Kind of failure. */
  public Reason reason() {
    return reason;
  }
}
