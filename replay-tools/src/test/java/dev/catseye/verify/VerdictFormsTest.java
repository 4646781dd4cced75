package dev.catseye.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** What people and machines read of a verdict. */
class VerdictFormsTest {
  private final Recording run = Recording.clean();

  @Test
  void aCleanRun_fitsOnOneScreen() {
    assertThat(VerdictPage.of(run.judge()))
        .isEqualTo(
            """
            PASS
            frames    24 judged, 0 waiting; cameras camera-0, camera-1
            outcomes  19 DETECTED, 4 REJECTED, 1 SHED; 4 rejects
            judged    0 alarms in 0 steps; 0 health records; 0 heartbeats
            made by   bundle abababababab, plan entropy, provider CPU, instance instance-1
            aborted   0 records that only uncommitted readers see
            B1 each frame has exactly one outcome: kept, 24 checked
            B2 each outcome names an existing frame and its identity: kept, 24 checked
            B3 outcomes follow the order of their frames: kept, 24 checked
            B5 no transaction stays open: kept, 4 checked
            B6 only frames that came before are DUPLICATE, only overtaken ones LATE, and neither is scored: kept, 20 checked
            B7 only in profile live, and only for a newer frame that is there, is a stale frame shed: kept, 1 checked
            C1 each alarm begins with RAISED, ends with at most one CLEARED, and is about one thing: nothing to check
            C2 an alarm is cleared only by a later frame that was detected: nothing to check
            C3 each alarm agrees with the mask of its frame: nothing to check
            C4 no camera is said to see without frames, and none is OK before ten good ones: nothing to check
            C5 open alarms of a blind camera are suspended: nothing to check
            C6 masks that came late, and no others, are marked as overdue: kept, 22 checked
            C7 alarms are those that the masks lead to: nothing to check
            D1 no corrupt frame is detected, no sound frame is refused for its checksum: kept, 24 checked
            D2 each mask is readable, sealed, and its score map unpacks to its size: kept, 24 checked
            D3 one bundle, plan and operating point made everything: kept, 24 checked
            D4 one execution provider made everything: kept, 24 checked
            D5 trust records and labels are sealed, and their frames are there: nothing to check
            E1 alarms are sealed and counted without a gap: nothing to check
            E2 health is sealed, and its alive counter moves with the masks: nothing to check
            E3 heartbeats are sealed, and their alive counter moves with the work: nothing to check
            M1 each region lies inside its frame: kept, 19 checked
            M2 regions and summary of each mask are those of its score map: kept, 19 checked
            R1 each rejected frame lies once on rejects, byte for byte or named as too large: kept, 4 checked
            T1 times of one instance never run back: kept, 24 checked
            """);
  }

  @Test
  void aBrokenPromise_showsItsFirstExamplesAndCountsTheRest() {
    run.masks.subList(0, 8).clear();
    run.rejects.clear();
    run.masks.removeIf(
        mask -> mask.place().offset() == 27); // frame 9, whose reject is gone as well

    assertThat(VerdictPage.of(run.judge()))
        .startsWith("FAIL\n")
        .contains("B1 each frame has exactly one outcome: BROKEN 10x, 24 checked\n")
        .contains("          frames-0@0  no outcome\n")
        .contains("          frames-0@8  no outcome\n          and 5 more\n");
  }

  @Test
  void aDoubt_isSaidInWords() {
    run.transactionVersion = 1;

    assertThat(VerdictPage.of(run.judge()))
        .startsWith("UNKNOWN\n")
        .endsWith("not sure: the broker's transaction.version is 1, exactly-once needs 2\n");
  }

  @Test
  void json_holdsNumbersDoubtsAndExamples() throws Exception {
    run.masks.remove(3);
    run.transactionVersion = 1;
    run.aborted.add(Recording.moved(run.masks.get(4), new Place("masks", 0, 8)));

    JsonNode json = new ObjectMapper().readTree(VerdictJson.of(run.judge()));
    assertThat(json.path("verdict").asText()).isEqualTo("FAIL");
    assertThat(json.at("/frames/judged").asInt()).isEqualTo(24);
    assertThat(json.at("/outcomes/DETECTED").asInt()).isEqualTo(18);
    assertThat(json.at("/checked_by_promise/B1").asInt()).isEqualTo(24);
    assertThat(json.at("/violations_by_promise/B1").asInt()).isEqualTo(1);
    assertThat(json.at("/violations_by_promise/B2").asInt()).isZero();
    assertThat(json.at("/violations/0/place").asText()).isEqualTo("frames-0@6");
    assertThat(json.at("/doubts/0").asText()).contains("transaction.version is 1");
    assertThat(json.at("/aborted/records").asInt()).isEqualTo(1);
    assertThat(json.at("/aborted/examples/0/place").asText()).isEqualTo("masks-0@8");
  }
}
