/** The two texts of the pattern `next-step` in one language. They say who speaks and what the tap does, and promise nothing. */
interface StarterTexts {
  readonly link: (brand: string) => string;
  readonly noLink: (brand: string) => string;
}

const TEXTS: Readonly<Record<string, StarterTexts>> = {
  de: {
    link: (brand) =>
      `Hier schreibt ${brand}. Der Link führt auf unsere Seite zu dieser Anzeige; dort kannst du dir alles in Ruhe ansehen. {$link}`,
    noLink: (brand) =>
      `Hier schreibt ${brand}. Der Button in dieser Anzeige führt auf unsere Seite; dort kannst du dir alles in Ruhe ansehen.`,
  },
  en: {
    link: (brand) =>
      `${brand} here. This link opens our page for this ad, where you can look at everything in your own time. {$link}`,
    noLink: (brand) => `${brand} here. The button on this ad opens our page, where you can look at everything in your own time.`,
  },
  es: {
    link: (brand) =>
      `Somos ${brand}. Este enlace abre nuestra página sobre este anuncio, donde puedes verlo todo con calma. {$link}`,
    noLink: (brand) => `Somos ${brand}. El botón de este anuncio abre nuestra página, donde puedes verlo todo con calma.`,
  },
  fr: {
    link: (brand) =>
      `Ici ${brand}. Ce lien ouvre notre page sur cette publicité, où vous pouvez tout regarder tranquillement. {$link}`,
    noLink: (brand) =>
      `Ici ${brand}. Le bouton de cette publicité ouvre notre page, où vous pouvez tout regarder tranquillement.`,
  },
  it: {
    link: (brand) =>
      `Qui ${brand}. Questo link apre la nostra pagina su questo annuncio, dove puoi guardare tutto con calma. {$link}`,
    noLink: (brand) => `Qui ${brand}. Il pulsante di questo annuncio apre la nostra pagina, dove puoi guardare tutto con calma.`,
  },
  pt: {
    link: (brand) =>
      `Mensagem de ${brand}. Este link abre a nossa página sobre este anúncio, onde pode ver tudo com calma. {$link}`,
    noLink: (brand) => `Mensagem de ${brand}. O botão deste anúncio abre a nossa página, onde pode ver tudo com calma.`,
  },
};

const FALLBACK = 'en';

/** Languages with starter texts of their own. */
export const STARTER_LANGUAGES: readonly string[] = Object.keys(TEXTS);

/** The starter texts in a language, as MessageFormat 2; in English for a language that has none. */
export function starterTexts(language: string, brand: string): { readonly link: string; readonly noLink: string } {
  const texts = TEXTS[Object.hasOwn(TEXTS, language) ? language : FALLBACK];
  // A text that begins with a full stop would be read as a declaration.
  const name = brand.replaceAll(/[\\{|}]/g, (letter) => `\\${letter}`).replace(/^\./, '{|.|}');
  return { link: texts?.link(name) ?? '', noLink: texts?.noLink(name) ?? '' };
}
