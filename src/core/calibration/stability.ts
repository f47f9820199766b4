/**
 * When readings have settled. The criterion, on the last `window` readings: the drift over the window, from a
 * least-squares line, is either smaller than `limit` or not distinguishable from the scatter (|t| < 2), and no reading
 * lies further than 4 standard deviations from the line. Drift and noise are returned to be shown either way.
 */
import { say, type Text } from "../text/text.ts";

export interface Sample {
  /** ms on any clock. */
  readonly at: number;
  readonly value: number;
}

export interface Stability {
  readonly stable: boolean;
  readonly count: number;
  /** Change over the window, relative to the mean. */
  readonly drift: number;
  /** Scatter around the line, one standard deviation, relative to the mean. */
  readonly noise: number;
  /** In words, for people who do not see colours or charts. */
  readonly words: Text;
}

export interface StabilityCriterion {
  /** How many readings are looked at. */
  readonly window: number;
  /** Largest harmless drift over the window, relative. */
  readonly limit: number;
  /** Largest scatter with which a calibration makes sense, relative. */
  readonly noiseLimit: number;
}

export const DEFAULT_CRITERION: StabilityCriterion = { window: 8, limit: 0.003, noiseLimit: 0.03 };

export function stability(samples: readonly Sample[], criterion: StabilityCriterion = DEFAULT_CRITERION): Stability {
  const recent = samples.slice(-criterion.window);
  const count = recent.length;
  const mean = recent.reduce((sum, { value }) => sum + value, 0) / count;
  if (count < 3 || !(mean > 0)) {
    return {
      stable: false,
      count,
      drift: 0,
      noise: 0,
      words: count < 3 ? say`waiting for readings` : say`no reading yet`,
    };
  }
  const meanAt = recent.reduce((sum, { at }) => sum + at, 0) / count;
  const spread = recent.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  const slope = spread === 0 ? 0 : recent.reduce((sum, s) => sum + (s.at - meanAt) * (s.value - mean), 0) / spread;
  const residuals = recent.map((s) => s.value - mean - slope * (s.at - meanAt));
  const deviation = Math.sqrt(residuals.reduce((sum, r) => sum + r * r, 0) / (count - 2));
  const drift = (slope * (recent[count - 1]!.at - recent[0]!.at)) / mean;
  const noise = deviation / mean;
  const slopeError = spread === 0 ? 0 : deviation / Math.sqrt(spread);
  const harmless = Math.abs(drift) <= criterion.limit || (deviation > 0 && Math.abs(slope) < 2 * slopeError);
  const regular = residuals.every((r) => Math.abs(r) <= 4 * deviation + 1e-12);
  const quiet = noise <= criterion.noiseLimit;
  const full = count >= criterion.window;
  const stable = full && harmless && regular && quiet;
  const words = stable
    ? say`steady`
    : !quiet
      ? say`too restless: something in the load is switching`
      : !harmless
        ? drift > 0
          ? say`still rising`
          : say`still falling`
        : say`settling`;
  return { stable, count, drift, noise, words };
}
