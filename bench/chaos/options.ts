import { InvalidArgumentError } from 'commander';

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('write a whole number from 1 on');
  return value;
}

/** `1,2,3` */
export function wholeNumbers(text: string): number[] {
  return text.split(',').map(wholeNumber);
}
