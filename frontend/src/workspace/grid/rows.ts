/** The rows a grid shows, found by position and by key. */
export class Rows<Row> {
  #list: Row[] = [];
  #places = new Map<string, number>();

  constructor(
    private readonly keyOf: (row: Row) => string,
    rows: readonly Row[],
  ) {
    this.replace(rows);
  }

  get count(): number {
    return this.#list.length;
  }

  replace(rows: readonly Row[]): void {
    this.#list = [...rows];
    this.#places = new Map(this.#list.map((row, place) => [this.keyOf(row), place]));
  }

  at(place: number): Row | undefined {
    return this.#list[place];
  }

  key(place: number): string | null {
    const row = this.#list[place];
    return row === undefined ? null : this.keyOf(row);
  }

  place(key: string): number {
    return this.#places.get(key) ?? -1;
  }

  /** Put changed rows in the place of those with their keys; the places that changed. */
  update(rows: readonly Row[]): number[] {
    const places: number[] = [];
    for (const row of rows) {
      const place = this.place(this.keyOf(row));
      if (place < 0) continue;
      this.#list[place] = row;
      places.push(place);
    }
    return places;
  }
}
