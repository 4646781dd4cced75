"""Tests of the authoring package; none needs torch unless marked so."""
