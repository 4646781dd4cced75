package dev.catseye.app;

import static dev.catseye.app.CrashRun.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.app.CrashRun.Act;
import dev.catseye.app.CrashRun.Setting;
import dev.catseye.app.CrashingApp.Flaw;
import dev.catseye.app.Shot.Mishap;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Whatever wires do to frames and wherever perceive and judge crash: each frame has one outcome,
 * and the alarms are those of a run without crashes. What a crash is here, {@link CrashingApp}
 * says.
 */
class CrashPropertyTest {
  private static final int STORIES_OF_A_CONTROL = 60;

  /**
   * One drive, and what happens meanwhile.
   *
   * @param acts what happens first; then the rest of the drive is brought to its end
   */
  private record Story(List<Shot> shots, List<Act> acts) {
    List<TestRecord<byte[], byte[]>> frames() {
      return RoughDrive.frames(shots);
    }
  }

  @Provide
  Arbitrary<Story> stories() {
    Arbitrary<Mishap> mishaps =
        Arbitraries.frequencyOf(
            Tuple.of(16, Arbitraries.just(Mishap.NONE)),
            Tuple.of(Mishap.values().length - 1, Arbitraries.of(Mishap.class)));
    Arbitrary<Shot> shots =
        Combinators.combine(
                Arbitraries.integers().between(0, 1),
                mishaps,
                Arbitraries.integers().between(0, 9),
                Arbitraries.integers().between(0, 90))
            .as(Shot::new);
    Arbitrary<Act> acts =
        Combinators.combine(
                Arbitraries.frequency(
                    Tuple.of(8, Act.Kind.PERCEIVE_WORKS),
                    Tuple.of(4, Act.Kind.PERCEIVE_COMMITS),
                    Tuple.of(1, Act.Kind.PERCEIVE_CRASHES),
                    Tuple.of(1, Act.Kind.PERCEIVE_FALLS_SICK),
                    Tuple.of(8, Act.Kind.JUDGE_WORKS),
                    Tuple.of(4, Act.Kind.JUDGE_COMMITS),
                    Tuple.of(2, Act.Kind.JUDGE_CRASHES),
                    Tuple.of(2, Act.Kind.TIME_PASSES)),
                Arbitraries.integers().between(1, 8))
            .as(Act::new);
    RandomDistribution anyLength = RandomDistribution.uniform(); // else most are short
    return Combinators.combine(
            shots.list().ofMinSize(1).ofMaxSize(80).withSizeDistribution(anyLength),
            acts.list().ofMinSize(1).ofMaxSize(80).withSizeDistribution(anyLength))
        .as(Story::new);
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void ledger_eachFrameHasOneOutcome_andEpisodesAreThoseOfTheUndisturbedRun(
      @ForAll("stories") Story story) {
    try (CrashRun undisturbed = undisturbed(story);
        CrashRun run = run(story, Setting.LEDGER)) {
      assertThat(broken(run, undisturbed)).isEmpty();
      tellOfCrashes(run);
    }
  }

  @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
  void live_eachFrameHasOneOutcome_andEpisodesAreThoseOfItsMasks(@ForAll("stories") Story story) {
    try (CrashRun run = run(story, Setting.LIVE)) {
      RunRecord record = RunRecord.of(run.topics());
      assertThat(record.broken()).isEmpty();
      try (CrashRun again = new CrashRun(List.of(), Setting.LIVE)) {
        again.topics().append(TOPICS.masks().name(), run.topics().of(TOPICS.masks().name()));
        again.finish();
        assertThat(record.episodes()).isEqualTo(RunRecord.of(again.topics()).episodes());
      }
      assertThat(record.wronglyShed()).isEmpty();
      tellOfCrashes(run);
      tell("frames are shed", record.has(Outcome.SHED));
    }
  }

  /** The property says nothing unless crashes lose work in drives with whole episodes. */
  private static void tellOfCrashes(CrashRun run) {
    tell("crashes lose uncommitted work", run.lossyCrashes() > 1);
    tell("alarms are cleared", RunRecord.of(run.topics()).has(AlarmState.CLEARED));
  }

  private static void tell(String what, boolean holds) {
    Statistics.label(what)
        .collect(holds)
        .coverage(of -> of.check(true).percentage(share -> share > 25));
  }

  @Provide
  Arbitrary<Flaw> flaws() {
    return Arbitraries.of(Flaw.class).filter(flaw -> flaw != Flaw.NONE);
  }

  /** The same judgement over runs whose transactions do not hold. */
  @Property(generation = GenerationMode.EXHAUSTIVE)
  void aRunWhoseTransactionsDoNotHold_isNoticed(@ForAll Role role, @ForAll("flaws") Flaw flaw) {
    Setting setting =
        role == Role.PERCEIVE
            ? new Setting(false, flaw, Flaw.NONE)
            : new Setting(false, Flaw.NONE, flaw);
    RandomGenerator<Story> generator = stories().generator(1000);
    Random random = new Random(1);
    List<String> broken = new ArrayList<>();
    for (int i = 0; i < STORIES_OF_A_CONTROL && broken.isEmpty(); i++) {
      Story story = generator.next(random).value();
      try (CrashRun undisturbed = undisturbed(story);
          CrashRun run = run(story, setting)) {
        broken.addAll(broken(run, undisturbed));
      }
    }
    assertThat(broken).isNotEmpty();
    if (role == Role.PERCEIVE && flaw == Flaw.OFFSET_FIRST) {
      assertThat(broken).anyMatch(text -> text.endsWith("has 0 outcomes"));
    }
    if (role == Role.PERCEIVE && flaw == Flaw.OUTPUTS_FIRST) {
      assertThat(broken).anyMatch(text -> text.endsWith("has 2 outcomes"));
    }
  }

  /** What is wrong with a run; compared with the undisturbed one of the same story. */
  private static List<String> broken(CrashRun run, CrashRun undisturbed) {
    RunRecord record = RunRecord.of(run.topics());
    List<String> broken = new ArrayList<>(record.broken());
    broken.addAll(record.differences(RunRecord.of(undisturbed.topics())));
    return broken;
  }

  private static CrashRun undisturbed(Story story) {
    return run(new Story(story.shots(), List.of()), Setting.LEDGER);
  }

  private static CrashRun run(Story story, Setting setting) {
    CrashRun run = new CrashRun(story.frames(), setting);
    story.acts().forEach(run::act);
    run.finish();
    return run;
  }
}
