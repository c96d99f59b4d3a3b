/** What a view may ask of the extension: each call by its name, with what is sent along and what is answered. */
export type Calls<C> = {
  readonly [Name in keyof C]: { readonly ask: unknown; readonly answer: unknown };
};

/** From the view: a call, with a number that its answer carries. */
export type Request<C extends Calls<C>> = {
  readonly [Name in keyof C]: {
    readonly kind: 'request';
    readonly id: number;
    readonly call: Name;
    readonly ask: C[Name]['ask'];
  };
}[keyof C];

/** To the view: the answer to a call, why there is none, or news that it did not ask for. */
export type Message<C extends Calls<C>, News> =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: C[keyof C]['answer'] }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'news'; readonly news: News };

/** What the editor keeps for a view, and hands back when the window is reloaded. */
export interface KeptState {
  /** What the panel is about; the extension's. */
  readonly panel: unknown;
  /** How it is looked at (scroll position, sorting, selection); the view's own. */
  readonly view?: unknown;
}
