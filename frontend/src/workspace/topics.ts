/** Somebody tells, others listen; within one turn each listener of a topic is called once. */
export class Topics<Topic extends string> {
  private readonly listeners = new Map<Topic, Set<() => void>>();
  private readonly waiting = new Set<Topic>();

  /** Returns how to stop listening. */
  on(topic: Topic, listener: () => void): () => void {
    const known = this.listeners.get(topic) ?? new Set();
    this.listeners.set(topic, known);
    known.add(listener);
    return () => known.delete(listener);
  }

  /** Several listeners of one owner; the result stops them all. */
  onAny(topics: readonly Topic[], listener: () => void): () => void {
    const stops = topics.map((topic) => this.on(topic, listener));
    return () => stops.forEach((stop) => stop());
  }

  /** Listeners hear at the end of this turn, however often it is said. */
  tell(...topics: Topic[]): void {
    if (this.waiting.size === 0) queueMicrotask(() => this.flush());
    for (const topic of topics) this.waiting.add(topic);
  }

  private flush(): void {
    const topics = [...this.waiting];
    this.waiting.clear();
    const called = new Set<() => void>();
    for (const topic of topics) {
      for (const listener of [...(this.listeners.get(topic) ?? [])]) {
        if (called.has(listener)) continue;
        called.add(listener);
        listener();
      }
    }
  }
}
