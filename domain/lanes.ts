/** Does something for each, so many at a time. Answers the lanes in which it is done; one that an error has stopped rejects with it. */
export function lanes<T>(items: readonly T[], width: number, act: (item: T) => Promise<void>): readonly Promise<void>[] {
  const rest = [...items];
  async function lane(): Promise<void> {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item);
  }
  return Array.from({ length: Math.min(width, items.length) }, lane);
}
