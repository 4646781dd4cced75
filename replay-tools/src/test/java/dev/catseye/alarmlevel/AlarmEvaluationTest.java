package dev.catseye.alarmlevel;

import static dev.catseye.schemas.AlarmState.CLEARED;
import static dev.catseye.schemas.AlarmState.RAISED;
import static dev.catseye.schemas.AlarmState.SUSPENDED;
import static dev.catseye.schemas.AlarmState.UPDATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catseye.alarmlevel.HandMadeDrive.Thing;
import dev.catseye.evaluate.GroundTruths;
import dev.catseye.schemas.Box;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Drives whose figures were worked out by hand. */
final class AlarmEvaluationTest {
  /** 20x10 = 200 px of value 9 on the road. */
  private static final Thing CRATE = new Thing(9, 100, 50, 20, 10);

  private static final Box ON_CRATE = new Box(102, 52, 10, 6);
  private static final Box ON_ROAD = new Box(10, 60, 10, 10);
  private static final Box IN_VOID = new Box(10, 2, 10, 10);

  private final GroundTruths truths = new GroundTruths();
  private final DetectedFrames detected = new DetectedFrames(Optional.empty());
  private final AlarmSteps steps = new AlarmSteps(Optional.empty());
  private final HandMadeDrive drive = drive("drive");
  private AlarmEvaluation evaluation;

  private HandMadeDrive drive(String boot) {
    return new HandMadeDrive(boot, truths, detected, steps);
  }

  private AlarmEvaluation evaluation() {
    if (evaluation == null) {
      evaluation = AlarmEvaluation.of(truths, detected, steps, ObstacleRule.DEFAULT);
    }
    return evaluation;
  }

  @Test
  void anAlarmOnTheObstacle_warnsUntilItsLastFrame() {
    drive.frames(10, CRATE).frames(2).alarm("a", RAISED, 3, ON_CRATE);

    AlarmTotals totals = evaluation().pooled();
    assertThat(totals.alarmed()).isEqualTo(1);
    assertThat(totals.missed()).isZero();
    assertThat(totals.falseAlarms()).isZero();
    // Shown in frames 0 to 9, alarmed in frame 3: 6 frames of 100 ms.
    assertThat(totals.warnings()).containsExactly(new Warning(6, 600_000));
  }

  @Test
  void theFirstAlarmOfAnObstacle_givesTheWarning() {
    drive
        .frames(10, CRATE)
        .frames(2)
        .alarm("a", RAISED, 4, ON_CRATE)
        .alarm("a", UPDATED, 8, ON_CRATE)
        .alarm("b", RAISED, 9, ON_CRATE);

    assertThat(evaluation().pooled().warnings()).containsExactly(new Warning(5, 500_000));
  }

  @Test
  void anObstacleWithoutAlarm_isMissed() {
    drive.frames(10, CRATE).frames(2);

    AlarmTotals totals = evaluation().pooled();
    assertThat(totals.obstacles()).isEqualTo(1);
    assertThat(totals.missed()).isEqualTo(1);
    assertThat(totals.missedUndetected()).isZero();
    assertThat(AlarmTable.pooled(evaluation()))
        .contains("0 alarmed and 1 missed of 1 (from 64 px in 5 frames on)")
        .contains("nothing was alarmed, or judge did not run");
  }

  @Test
  void aMissedObstacleInFramesWithoutMask_isSaidToBeUndetected() {
    for (int i = 0; i < 10; i++) {
      drive.frameWithoutMask(CRATE);
    }

    assertThat(evaluation().pooled().missedUndetected()).isEqualTo(1);
    assertThat(evaluation().drives().get(0).detected()).isZero();
  }

  @Test
  void alarmsBesideObstacles_areFalsePerMinuteOfDriveTime() {
    drive
        .frames(13, CRATE)
        .alarm("a", RAISED, 3, ON_ROAD)
        .alarm("a", UPDATED, 5, ON_ROAD)
        .alarm("b", RAISED, 4, IN_VOID);

    AlarmTotals totals = evaluation().pooled();
    assertThat(totals.falseAlarms()).isEqualTo(2); // two episodes, three records
    assertThat(totals.falseInVoid()).isEqualTo(1);
    // 13 frames, 100 ms apart: 1.2 s = 0.02 min, so 2 episodes are 100 per minute.
    assertThat(totals.minutes()).isCloseTo(0.02, within(1e-12));
    assertThat(totals.falsePerMinute().orElseThrow()).isCloseTo(100, within(1e-9));
  }

  @Test
  void anEpisodeThatMovesOntoAnObstacle_isNoFalseAlarm() {
    drive
        .frames(10, CRATE)
        .frames(1)
        .alarm("a", RAISED, 2, ON_ROAD)
        .alarm("a", UPDATED, 7, ON_CRATE);

    AlarmTotals totals = evaluation().pooled();
    assertThat(totals.falseAlarms()).isZero();
    assertThat(totals.warnings()).containsExactly(new Warning(2, 200_000));
  }

  @Test
  void aQuarterOfTheBoxInTheBounds_meetsTheObstacle() {
    // 20 columns wide, of which 5 lie on the crate's first columns.
    drive.frames(10, CRATE).alarm("a", RAISED, 3, new Box(85, 50, 20, 10));

    assertThat(evaluation().pooled().alarmed()).isEqualTo(1);
  }

  @Test
  void lessThanAQuarter_isAFalseAlarm() {
    drive.frames(10, CRATE).alarm("a", RAISED, 3, new Box(84, 50, 20, 10)); // 4 of 20 columns

    assertThat(evaluation().pooled().missed()).isEqualTo(1);
    assertThat(evaluation().pooled().falseAlarms()).isEqualTo(1);
  }

  @Test
  void boxesOfSuspendedAndCleared_areNoSightings() {
    drive.frames(10, CRATE).alarm("a", SUSPENDED, 4, ON_CRATE).alarm("a", CLEARED, 5, ON_CRATE);

    AlarmEvaluation evaluation = evaluation();
    assertThat(evaluation.pooled().missed()).isEqualTo(1);
    assertThat(evaluation.pooled().falseAlarms()).isZero();
    assertThat(evaluation.withoutTruth()).isEqualTo(1); // no box of it is on the topic
  }

  @Test
  void smallOrShortObstacles_doNotCountAndAreNoFalseAlarms() {
    Thing pebble = new Thing(9, 30, 60, 7, 9); // 63 px
    Thing glimpse = new Thing(10, 150, 60, 20, 10);
    drive
        .frames(4, pebble, glimpse)
        .frames(4, pebble)
        .frames(1)
        .alarm("a", RAISED, 2, new Box(30, 60, 5, 5));

    AlarmTotals totals = evaluation().pooled();
    assertThat(totals.obstacles()).isZero();
    assertThat(totals.small()).isEqualTo(2);
    assertThat(totals.smallAlarmed()).isEqualTo(1);
    assertThat(totals.falseAlarms()).isZero();
  }

  @Test
  void anObstacleInTheLastFrame_hasNoFullWarning() {
    drive.frames(10, CRATE).alarm("a", RAISED, 3, ON_CRATE);

    AlarmTotals totals = evaluation().pooled();
    assertThat(totals.alarmed()).isEqualTo(1);
    assertThat(totals.warnings()).isEmpty();
    assertThat(totals.stillInView()).isEqualTo(1);
    assertThat(AlarmTable.pooled(evaluation()))
        .contains("none measured; 1 alarmed still in view at the end");
  }

  @Test
  void alarmsThatCannotBeCompared_areSaidAndNotFalse() {
    drive
        .frames(5)
        .voidFrame()
        .alarm("a", RAISED, 5, ON_ROAD) // all void
        .alarm("b", RAISED, 77, ON_ROAD) // no labels
        .alarm("c", RAISED, 4, ON_ROAD)
        .alarm("c", UPDATED, 5, ON_ROAD); // one of two boxes could not be compared

    AlarmEvaluation evaluation = evaluation();
    assertThat(evaluation.pooled().falseAlarms()).isZero();
    assertThat(evaluation.pooled().unknown()).isEqualTo(2);
    assertThat(evaluation.withoutTruth()).isEqualTo(1);
    assertThat(AlarmTable.pooled(evaluation))
        .contains("2 episodes not judged: frames without ground truth")
        .contains("1 episodes not judged: frames without labels");
  }

  @Test
  void drives_arePooledByTheirSums() {
    drive.frames(10, CRATE).frames(3).alarm("a", RAISED, 3, ON_CRATE); // warns 6 frames
    drive("later").frames(10, CRATE).frames(3).alarm("b", RAISED, 7, ON_CRATE); // 2 frames
    drive("last").frames(10, CRATE).frames(3).alarm("c", RAISED, 5, ON_CRATE); // 4 frames
    drive("quiet").frames(13).alarm("d", RAISED, 3, ON_ROAD).alarm("e", RAISED, 3, IN_VOID);

    AlarmEvaluation evaluation = evaluation();
    AlarmTotals totals = evaluation.pooled();
    assertThat(totals.alarmed()).isEqualTo(3);
    assertThat(totals.median()).contains(new Warning(4, 400_000));
    assertThat(totals.shortest()).contains(new Warning(2, 200_000));
    // Four drives of 1.2 s: 0.08 min and two false episodes.
    assertThat(totals.falsePerMinute().orElseThrow()).isCloseTo(25, within(1e-9));
    assertThat(evaluation.drives())
        .extracting(DriveResult::boot, DriveResult::falseAlarms)
        .containsExactly(tuple("drive", 0), tuple("last", 0), tuple("later", 0), tuple("quiet", 2));
    assertThat(AlarmTable.of(evaluation))
        .contains("3 alarmed and 0 missed of 3")
        .contains("2 alarms in 0.08 min of drive (25.0 per minute)")
        .contains("median 4 frames (0.4 s), shortest 2 frames (0.2 s)")
        .contains("front/later: 1 of 1 alarmed, 0 false (0.0 per minute), 13 of 13 frames")
        .contains("5 records; masks cut at score 0.500 (52)");
  }

  @Test
  void json_holdsEachObstacleAndThePooledFigures() {
    drive.frames(10, CRATE).frames(3).alarm("a", RAISED, 3, ON_CRATE);

    JsonNode json = AlarmJson.of(evaluation());
    assertThat(json.at("/pooled/alarmed").asInt()).isEqualTo(1);
    assertThat(json.at("/pooled/warning/median/seconds").asDouble()).isEqualTo(0.6);
    assertThat(json.at("/thresholds/0/score").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/thresholds/0/masks").asInt()).isEqualTo(13);
    JsonNode obstacle = json.at("/drives/0/each_obstacle/0");
    assertThat(obstacle.at("/label_value").asInt()).isEqualTo(9);
    assertThat(obstacle.at("/last_sequence").asInt()).isEqualTo(9);
    assertThat(obstacle.at("/largest_px").asInt()).isEqualTo(200);
    assertThat(obstacle.at("/left_picture").asBoolean()).isTrue();
    assertThat(obstacle.at("/warning/frames").asInt()).isEqualTo(6);
  }

  @Test
  void aDriveOfOneFrame_hasNoRate() {
    drive.frames(1).alarm("a", RAISED, 0, ON_ROAD);

    assertThat(evaluation().pooled().falsePerMinute()).isEmpty();
    assertThat(AlarmTable.pooled(evaluation())).contains("1 alarms in 0.00 min of drive, no drive");
  }
}
