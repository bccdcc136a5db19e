export interface NoOpActivities {
  doNothing(): Promise<void>;
}

/** Five of these are a bare run; they take their whole time from Temporal. */
export const noOpActivities: NoOpActivities = { doNothing: async () => undefined };

/** The bare runs' own queue. Their activities run on it too, so that they may start eagerly: the strongest comparison. */
export const BARE_QUEUE = 'bench-bare';
