package dev.catseye.evaluate;

import java.util.Arrays;

/**
 * A multiset of floats that counts instead of sorting. A float's order-preserving 32-bit key splits
 * in two: the upper half chooses one of 65,536 buckets, the lower half is kept in that bucket,
 * first as a plain list of 16-bit values, and once the list is as large as a page of 65,536 long
 * counters would be, as that page.
 *
 * <p>Memory: at most 3 bytes per float (2 and the list's growth) and never more than 512 KiB per
 * bucket in use, however many floats are added. One binade (say 0.5 to 1) has 128 buckets.
 */
final class ScoreTally {
  static final int BUCKETS = 1 << 16;
  static final int PAGE = 1 << 16;

  private static final int MAX_LIST = PAGE * Long.BYTES / Character.BYTES;
  private static final int FIRST_LIST = 32;

  private final Bucket[] buckets = new Bucket[BUCKETS];
  private long size;

  /**
   * The 32-bit key of a finite float: as unsigned numbers, keys are ordered as the floats are. Both
   * zeros have one key.
   */
  static int key(float score) {
    int bits = Float.floatToRawIntBits(score + 0.0f);
    return bits ^ ((bits >> 31) | Integer.MIN_VALUE);
  }

  /** The float of a key. */
  static float score(int key) {
    return Float.intBitsToFloat(key < 0 ? key ^ Integer.MIN_VALUE : ~key);
  }

  void add(float score) {
    int key = key(score);
    bucket(key >>> 16).add((char) key);
    size++;
  }

  void merge(ScoreTally other) {
    for (int index = 0; index < BUCKETS; index++) {
      if (other.buckets[index] != null) {
        bucket(index).merge(other.buckets[index]);
      }
    }
    size += other.size;
  }

  /** Floats added so far. */
  long size() {
    return size;
  }

  /** Length of a bucket's list; a page counts as longer than any list. */
  int listSize(int bucket) {
    return buckets[bucket] == null ? 0 : buckets[bucket].listSize();
  }

  /** Copies a bucket's list, the lower halves of its keys in no order, to {@code target}. */
  void copyList(int bucket, char[] target, int at) {
    if (buckets[bucket] != null) {
      System.arraycopy(buckets[bucket].list, 0, target, at, buckets[bucket].used);
    }
  }

  /** Adds the counts of one bucket to {@code page}, indexed by the lower half of the key. */
  void addTo(int bucket, long[] page) {
    if (buckets[bucket] != null) {
      buckets[bucket].addTo(page);
    }
  }

  private Bucket bucket(int index) {
    Bucket bucket = buckets[index];
    if (bucket == null) {
      bucket = new Bucket();
      buckets[index] = bucket;
    }
    return bucket;
  }

  /** The floats that share the upper half of their key: a list, later a page of counters. */
  private static final class Bucket {
    private char[] list = new char[FIRST_LIST];
    private int used;
    private long[] page; // null while the list is the smaller of the two

    int listSize() {
      return page == null ? used : Integer.MAX_VALUE;
    }

    void add(char low) {
      if (page == null && used == list.length) {
        grow(used + 1);
      }
      if (page != null) {
        page[low]++;
      } else {
        list[used++] = low;
      }
    }

    void merge(Bucket other) {
      grow(other.page == null ? used + other.used : Integer.MAX_VALUE);
      if (page != null) {
        other.addTo(page);
      } else {
        System.arraycopy(other.list, 0, list, used, other.used);
        used += other.used;
      }
    }

    void addTo(long[] counts) {
      if (page == null) {
        for (int i = 0; i < used; i++) {
          counts[list[i]]++;
        }
        return;
      }
      for (int low = 0; low < PAGE; low++) {
        counts[low] += page[low];
      }
    }

    /** Makes room for {@code wanted} floats; more than the longest list holds need a page. */
    private void grow(int wanted) {
      if (wanted > MAX_LIST) {
        toPage();
      } else if (page == null && wanted > list.length) {
        int roomy = Math.min(MAX_LIST, list.length + (list.length >> 1));
        list = Arrays.copyOf(list, Math.max(wanted, roomy));
      }
    }

    private void toPage() {
      if (page == null) {
        long[] counts = new long[PAGE];
        addTo(counts);
        page = counts;
        list = null;
      }
    }
  }
}
