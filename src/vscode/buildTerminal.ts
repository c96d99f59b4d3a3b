import * as vscode from 'vscode';

/** Work whose text goes to a terminal; resolves to the exit code. */
export type TerminalWork = (write: (text: string) => void, signal: AbortSignal) => Promise<number>;

/** Shows work in a task's terminal. Ctrl-C, closing the terminal and ending the task all cancel it. */
export class BuildTerminal implements vscode.Pseudoterminal {
  readonly #write = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.#write.event;
  readonly #closed = new vscode.EventEmitter<number>();
  readonly onDidClose = this.#closed.event;
  readonly #controller = new AbortController();

  constructor(private readonly work: TerminalWork) {}

  open(): void {
    const write = (text: string): void => {
      this.#write.fire(text);
    };
    this.work(write, this.#controller.signal).then(
      (code) => {
        this.#closed.fire(code);
      },
      (error: unknown) => {
        write(`\u001b[31m${error instanceof Error ? error.message : String(error)}\u001b[0m\r\n`);
        this.#closed.fire(1);
      },
    );
  }

  close(): void {
    this.#controller.abort();
  }

  handleInput(data: string): void {
    if (data === '\u0003') {
      this.#controller.abort();
    }
  }
}
