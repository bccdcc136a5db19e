/** What an ad's button says, and in which language. */
export interface CallToAction {
  readonly words: string;
  readonly language: string;
}

/** By type and language, as people of a language are used to read it. */
const WORDS: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(
  Object.entries({
    SHOP_NOW: { en: 'Shop now', de: 'Jetzt einkaufen', fr: 'Acheter', it: 'Acquista ora', es: 'Comprar', pt: 'Comprar agora' },
    LEARN_MORE: {
      en: 'Learn more',
      de: 'Mehr dazu',
      fr: 'En savoir plus',
      it: 'Scopri di più',
      es: 'Más información',
      pt: 'Saber mais',
    },
  }),
);

/** A button in the language of a market (`de-DE`); in English where no other words are known. */
export function callToAction(type: string, market: string): CallToAction {
  const language = /^(?<language>[a-z]{2})-[A-Z]{2}$/.exec(market)?.groups?.language ?? 'en';
  const known = WORDS.get(type);
  const words = known?.[language];
  return words === undefined ? { words: known?.en ?? inEnglish(type), language: 'en' } : { words, language };
}

function inEnglish(type: string): string {
  const words = type.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
