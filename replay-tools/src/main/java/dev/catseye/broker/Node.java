package dev.catseye.broker;

import dev.catseye.tools.Ports;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * One node of a cluster on this machine: broker and controller in one.
 *
 * @param id number in the cluster, 0 or more
 * @param port TCP port for clients
 * @param controllers port of the controller of every node of the cluster, by number
 * @param doors further ports for clients, each advertised as another one
 * @param clusterId id of the cluster; empty for the one that lives in the folder, or a new one
 */
public record Node(
    int id, int port, Map<Integer, Integer> controllers, List<Door> doors, String clusterId) {
  public Node {
    controllers = new LinkedHashMap<>(controllers); // in order, for settings that read the same
    doors = List.copyOf(doors);
  }

  /**
   * A way in of its own, for clients that come through a proxy: the node listens on {@code port}
   * and tells clients of this door to come to {@code advertised}.
   *
   * @param name letters only; a listener of the node
   */
  public record Door(String name, int port, int advertised) {}

  /** The only node of a cluster. */
  static Node alone(int port) {
    return new Node(0, port, Map.of(0, Ports.free()), List.of(), "");
  }

  /** The nodes of a new cluster on free ports, without doors. */
  public static List<Node> cluster(int size) {
    Map<Integer, Integer> controllers = new LinkedHashMap<>();
    IntStream.range(0, size).forEach(id -> controllers.put(id, Ports.free()));
    String clusterId = Uuid.randomUuid().toString();
    return IntStream.range(0, size)
        .mapToObj(id -> new Node(id, Ports.free(), controllers, List.of(), clusterId))
        .toList();
  }

  /** The same node with these doors. */
  public Node withDoors(List<Door> more) {
    return new Node(id, port, controllers, more, clusterId);
  }

  /** Where clients find it without a door. */
  public String bootstrap() {
    return BrokerSettings.address(port);
  }

  /** As arguments of a process. */
  List<String> arguments() {
    List<String> words = new ArrayList<>();
    words.add(Integer.toString(id));
    words.add(Integer.toString(port));
    words.add(
        controllers.entrySet().stream()
            .map(each -> each.getKey() + "@" + each.getValue())
            .collect(Collectors.joining(",")));
    words.add(
        doors.stream()
            .map(door -> "%s@%d@%d".formatted(door.name(), door.port(), door.advertised()))
            .collect(Collectors.joining(",")));
    words.add(clusterId);
    return words;
  }

  /** Reads what {@link #arguments} wrote. */
  static Node of(List<String> words) {
    Map<Integer, Integer> controllers = new LinkedHashMap<>();
    for (String[] part : parts(words.get(2))) {
      controllers.put(Integer.valueOf(part[0]), Integer.valueOf(part[1]));
    }
    List<Door> doors =
        parts(words.get(3)).stream()
            .map(part -> new Door(part[0], Integer.parseInt(part[1]), Integer.parseInt(part[2])))
            .toList();
    return new Node(
        Integer.parseInt(words.get(0)),
        Integer.parseInt(words.get(1)),
        controllers,
        doors,
        words.get(4));
  }

  private static List<String[]> parts(String list) {
    return Arrays.stream(list.split(","))
        .filter(each -> !each.isEmpty())
        .map(each -> each.split("@"))
        .toList();
  }
}
