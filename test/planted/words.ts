/** `notOwner` as people write it in a name: `not-owner`. */
export function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** … and in a sentence: `not owner`. */
export function worded(name: string): string {
  return dashed(name).replaceAll('-', ' ');
}
