package dev.catseye.judge;

import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.Health;

/** What judge has to say. It goes to the partition of the masks that it follows from. */
sealed interface Finding {
  int partition();

  /** A step of an alarm. */
  record AlarmFinding(int partition, Alarm alarm) implements Finding {}

  /** The health of a camera. */
  record HealthFinding(int partition, Health health) implements Finding {}
}
