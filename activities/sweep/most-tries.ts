/** How often a sweep tries one thing that fails by itself before a person is told: about five hours, by the usual pauses. */
export const MOST_TRIES = 8;
