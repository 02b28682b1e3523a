import { describe, expect, test } from 'vitest';
import { INK, needsDarkInk, RULE_SLOTS, ruleColour, SERIES } from '../../src/charts/palette.ts';
import { ENDPOINT_RULES, JOB_RULES, RULES } from '../../src/rules/index.ts';

type Triple = readonly [number, number, number];

/** Machado, Oliveira and Fernandes 2009, severity 1, in linear RGB. */
const SIGHT: Record<string, readonly [Triple, Triple, Triple]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

describe('colours of rules', () => {
  test('are fixed by the titles the rules have, differ in one chart, and are never that of the lines', () => {
    const titles = [...Object.values(RULES), ...JOB_RULES, ...ENDPOINT_RULES].map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(Object.keys(RULE_SLOTS)));
    const together = [
      ['CPU bottleneck', 'I/O bottleneck', 'Low GPU utilization', 'Load balancing'],
      ['GPU memory increase', 'Batch size'],
      ['CPU bottleneck', 'I/O bottleneck', 'Step outliers', 'Data loading', 'Initialization time'],
      ['Idle endpoint', 'Uneven variants'],
      ['Idle endpoint', 'Insufficient memory'],
      ['Overhead dominates', 'One container dominates'],
    ];
    for (const rules of together) expect(new Set(rules.map((rule) => ruleColour(rule))).size).toBe(rules.length);
    for (const title of [...titles, 'A rule of ours']) expect(SERIES.slice(1)).toContain(ruleColour(title));
  });
});

describe('colours of the charts', () => {
  test.each(SERIES)('%s has a contrast of 3:1 against the light and the dark page', (colour) => {
    for (const page of ['#ffffff', '#14171c']) expect(contrast(colour, page)).toBeGreaterThanOrEqual(3);
  });

  test.each([...SERIES.entries()])('number %i, %s, carries a number of 4.5:1', (index, colour) => {
    expect(contrast(colour, needsDarkInk(index) ? INK : '#ffffff')).toBeGreaterThanOrEqual(4.5);
  });

  // 0.02 is what one just notices in Oklab; all pairs keep five times that.
  test.each(Object.keys(SIGHT))('stay apart: %s', (sight) => {
    const seen = SERIES.map((colour) => oklab(apply(SIGHT[sight] ?? [], linear(colour))));
    seen.forEach((one, i) => {
      for (const other of seen.slice(i + 1))
        expect(Math.hypot(...one.map((value, k) => value - (other[k] ?? 0)))).toBeGreaterThan(0.1);
    });
  });
});

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [one, other]
    .map((colour) => apply([[0.2126, 0.7152, 0.0722]], linear(colour))[0] ?? 0)
    .sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Ottosson 2020. */
function oklab(rgb: readonly number[]): number[] {
  const cones = apply(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map((value) => Math.cbrt(Math.max(0, value)));
  return apply(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
}

function apply(matrix: readonly Triple[], vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, factor, index) => sum + factor * (vector[index] ?? 0), 0));
}
