"""Builds the weather and the light of a time of day from a random stream."""

from typing import Final

import numpy as np

from catseye_models.scenes.labels import TrainId
from catseye_models.scenes.texture import Colour, grey, hsv, rgb
from catseye_models.scenes.world import Light, Sun, Weather

_TIMES: Final = ("day", "low sun", "dusk", "night")
_TIME_SHARES: Final = (0.62, 0.16, 0.14, 0.08)


def build_weather(rng: np.random.Generator) -> Weather:
    """Return the weather of one drive."""
    time = _TIMES[rng.choice(len(_TIMES), p=_TIME_SHARES)]
    sunny = time == "low sun" or (time == "day" and rng.random() < 0.55)
    raining = not sunny and rng.random() < 0.2
    zenith, skyline = _sky(rng, time=time, sunny=sunny)
    wooded = bool(rng.random() < 0.5)
    leaves = hsv(rng.uniform(28, 55), rng.uniform(50, 120), rng.uniform(60, 120))
    town = hsv(rng.choice([10, 20, 100]), rng.uniform(5, 60), rng.uniform(90, 180))
    foggy = rng.random() < 0.08
    haze_m = rng.uniform(28, 60) if foggy else rng.uniform(60, 320)
    return Weather(
        zenith=zenith,
        skyline=skyline,
        haze=np.clip(skyline * np.float32(rng.uniform(0.75, 1.0)), 0, 250),
        haze_m=haze_m,
        far_height_m=rng.uniform(3, 14),
        far_class=TrainId.VEGETATION if wooded else TrainId.BUILDING,
        far_colour=leaves if wooded else town,
        light=_light(rng, time=time),
        sun=_sun(rng, low=time == "low sun") if sunny else None,
        foliage=rng.uniform(0.2, 0.9) if sunny and rng.random() < 0.5 else None,
        rain=rng.uniform(0.3, 1.0) if raining else 0.0,
    )


def _sky(rng: np.random.Generator, *, time: str, sunny: bool) -> tuple[Colour, Colour]:
    zenith = hsv(rng.uniform(98, 118), rng.uniform(40, 140) if sunny else rng.uniform(3, 50), rng.uniform(150, 250))
    skyline = np.clip(zenith * 0.4 + np.float32(rng.uniform(110, 150)), 0, 250)
    if time == "low sun":
        skyline = np.clip(skyline * rgb(1.12, 0.97, 0.78), 0, 250)
    if time == "dusk":
        zenith, skyline = zenith * rgb(0.4, 0.42, 0.55), skyline * rgb(0.62, 0.5, 0.48)
    if time == "night":
        zenith, skyline = zenith * rgb(0.1, 0.11, 0.16), skyline * rgb(0.2, 0.17, 0.15)
    return zenith, skyline


def _light(rng: np.random.Generator, *, time: str) -> Light:
    if time == "day":
        return Light(ambient=rgb(1, 1, 1) * np.float32(rng.uniform(0.88, 1.05)), headlights=grey(0))
    if time == "low sun":
        return Light(ambient=rgb(1.06, 0.96, rng.uniform(0.72, 0.9)), headlights=grey(0))
    lamp = rgb(1.0, 0.94, rng.uniform(0.72, 0.98))
    if time == "dusk":
        level = np.float32(rng.uniform(0.55, 0.8))
        return Light(ambient=rgb(0.92, 0.96, 1.12) * level, headlights=lamp * np.float32(rng.uniform(0, 0.45)))
    level = np.float32(rng.uniform(0.32, 0.5))
    tint = rgb(1.15, 0.95, 0.7) if rng.random() < 0.5 else rgb(0.9, 0.97, 1.1)
    return Light(ambient=tint * level, headlights=lamp * np.float32(rng.uniform(0.6, 1.1)))


def _sun(rng: np.random.Generator, *, low: bool) -> Sun:
    length = rng.uniform(1.6, 3.2) if low else rng.uniform(0.35, 1.5)
    angle = rng.uniform(0, 2 * np.pi)
    shade = rgb(0.5, 0.54, 0.6) * np.float32(rng.uniform(0.85, 1.25))
    return Sun(across=float(length * np.sin(angle)), along=float(length * np.cos(angle)), shade=shade)
