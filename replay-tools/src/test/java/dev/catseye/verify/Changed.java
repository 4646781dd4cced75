package dev.catseye.verify;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Copies of records with some components changed. */
final class Changed {
  private Changed() {}

  /**
   * The same record, but for some components.
   *
   * @param namesAndValues name, value, name, value and so on
   */
  @SuppressWarnings("unchecked") // a record's class makes records of that class
  static <R extends Record> R with(R record, Object... namesAndValues) {
    Map<Object, Object> changes = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      changes.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        String name = components[i].getName();
        values[i] =
            changes.containsKey(name)
                ? changes.remove(name)
                : components[i].getAccessor().invoke(record);
      }
      if (!changes.isEmpty()) {
        throw new IllegalArgumentException(record.getClass() + " has no " + changes.keySet());
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(record.getClass() + " cannot be copied so", e);
    }
  }
}
