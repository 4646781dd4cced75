"""Metrics of four drawn frames, from the definitions and in exact fractions.

Shares no code with the Java evaluator and needs only Python's standard library. DrawnFramesGoldenTest
draws the same frames in Java and holds the numbers that this script prints.

Run: python3 drawn_frames.py
"""

import math
import struct
from fractions import Fraction

WIDTH, HEIGHT, FRAMES = 160, 96, 4
NORMAL, ANOMALY, VOID = 0, 1, 255
TARGET = 0.95


def noise(frame, x, y):
    """A fixed hash of the pixel, 0 to 63."""
    return ((x * 73856093) ^ (y * 19349663) ^ (frame * 83492791)) // 7 % 64


def label(frame, x, y):
    """Frame 0 has two boxes, 1 none, 2 one box and a void margin, 3 is void all over."""
    if frame == 3 or (frame == 2 and x < 20):
        return VOID
    boxes = {0: [(30, 40, 12, 9), (100, 60, 25, 14)], 1: [], 2: [(70, 30, 40, 20)]}[frame]
    inside = any(bx <= x < bx + w and by <= y < by + h for bx, by, w, h in boxes)
    return ANOMALY if inside else NORMAL


def level(frame, x, y):
    """Integer score, 0 to 255: rises to the right and in the middle of frame 0 and 2."""
    rise = x // 2 + noise(frame, x, y)
    return min(255, rise + (70 if label(frame, x, y) == ANOMALY else 0))


def full_size(frame):
    return {(x, y): Fraction(level(frame, x, y)) for y in range(HEIGHT) for x in range(WIDTH)}


def float32(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def cubic(x):
    x = abs(x)
    if x < 1:
        return (1.5 * x - 2.5) * x * x + 1
    return (((x - 5) * x + 8) * x - 4) * -0.5 if x < 2 else 0.0


def enlarge(row, target):
    """One line by Pillow's bicubic rule for mode F, enlarging only: sums in float64."""
    scale = len(row) / target
    out = []
    for i in range(target):
        center = (i + 0.5) * scale
        first = max(0, int(center - 2 + 0.5))
        end = min(len(row), int(center + 2 + 0.5))
        weights = [cubic(k - center + 0.5) for k in range(first, end)]
        total = 0.0
        for weight in weights:
            total += weight
        value = 0.0
        for k, weight in zip(range(first, end), weights):
            value += row[k] * (weight / total)
        out.append(float32(value))
    return out


def enlarged(frame):
    """The map of every fourth pixel, level / 255 as float32, enlarged to the frame's size."""
    small = [
        [float32(level(frame, x, y) / 255) for x in range(0, WIDTH, 4)]
        for y in range(0, HEIGHT, 4)
    ]
    wide = [enlarge(row, WIDTH) for row in small]
    columns = [enlarge([row[x] for row in wide], HEIGHT) for x in range(WIDTH)]
    return {(x, y): columns[x][y] for y in range(HEIGHT) for x in range(WIDTH)}


def curve(pixels):
    """Points (TP, FP) over descending distinct scores; ties enter together."""
    points, tp, fp = [], 0, 0
    by_score = {}
    for score, anomaly in pixels:
        by_score.setdefault(score, [0, 0])[0 if anomaly else 1] += 1
    for score in sorted(by_score, reverse=True):
        tp += by_score[score][0]
        fp += by_score[score][1]
        points.append((tp, fp))
    return points


def metrics(pixels):
    points = curve(pixels)
    p, n = points[-1]
    ap, area, last = Fraction(0), Fraction(0), (0, 0)
    for tp, fp in points:
        ap += Fraction(tp - last[0], p) * Fraction(tp, tp + fp)
        area += Fraction(fp - last[1], n) * Fraction(tp + last[0], 2 * p)
        last = (tp, fp)
    first = next(fp / n for tp, fp in points if tp / p >= TARGET)
    reached = next(i for i, (tp, _) in enumerate(points) if tp == p)
    nearest = min(
        range(reached, -1, -1), key=lambda i: abs(points[i][0] / p - TARGET)
    )  # downward, the first of equals
    closest = points[nearest][1] / n
    path = [(0, 0), *points]
    after = next(i for i, (tp, _) in enumerate(path) if tp / p > TARGET)
    (tp0, fp0), (tp1, fp1) = path[after - 1], path[after]
    share = (Fraction(19, 20) - Fraction(tp0, p)) / Fraction(tp1 - tp0, p)
    interpolated = Fraction(fp0, n) + share * Fraction(fp1 - fp0, n)
    return [float(ap), float(area), first, closest, float(interpolated)]


def report(title, scores):
    frames = [
        [
            (scores[f][x, y], label(f, x, y) == ANOMALY)
            for y in range(HEIGHT)
            for x in range(WIDTH)
            if label(f, x, y) != VOID
        ]
        for f in range(FRAMES)
    ]
    pooled = [pixel for frame in frames for pixel in frame]
    anomalies = sum(anomaly for _, anomaly in pooled)
    print(f"{title}: {anomalies} anomaly, {len(pooled) - anomalies} normal")
    print("  AP, AUROC, FPR95 first, closest, interpolated:", *metrics(pooled))
    usable = [metrics(f) for f in frames if len({anomaly for _, anomaly in f}) == 2]
    means = [math.fsum(values) / len(usable) for values in zip(*usable)]
    print(f"  means over {len(usable)} frames:", *means)


report("full size", [full_size(f) for f in range(FRAMES)])
report("quarter size, enlarged", [enlarged(f) for f in range(FRAMES)])
