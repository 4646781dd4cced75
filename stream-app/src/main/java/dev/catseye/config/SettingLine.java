package dev.catseye.config;

/**
 * One line of the table of settings.
 *
 * @param key name in the .properties file
 * @param standard default in Markdown: a value, or words when it depends on something; empty when
 *     there is none
 * @param range what values are allowed
 * @param meaning what it sets, with its unit
 */
public record SettingLine(String key, String standard, String range, String meaning) {
  /** The line as a row of a Markdown table. */
  public String markdown() {
    return "| `" + key + "` | " + standard + " | " + range + " | " + meaning + " |";
  }

  /** Name of the environment variable that overrides the key. */
  String environmentName() {
    return Settings.ENVIRONMENT_PREFIX + Settings.environmentForm(key);
  }
}
