/** Does something for each, so many at a time. Rejects with the first error, after those under way have ended. */
export async function sideBySide<T>(items: readonly T[], width: number, act: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  async function lane(): Promise<void> {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await act(item);
  }
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, lane));
  for (const end of lanes) if (end.status === 'rejected') throw end.reason;
}
