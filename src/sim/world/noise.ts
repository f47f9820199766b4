/** Noise as a function of time: the same seed, label and index give the same number, in any order, on every machine. */

function mix(seed: number, label: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

function scramble(state: number): number {
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return (t ^ (t >>> 14)) >>> 0;
}

/** 0 <= x < 1, evenly spread. Scrambled as mulberry32 does, mixed as FNV-1a does. */
export function noiseAt(seed: number, label: string, index: number): number {
  return scramble((mix(seed >>> 0, label) + Math.imul(index | 0, 0x6d2b79f5)) >>> 0) / 0x1_0000_0000;
}
