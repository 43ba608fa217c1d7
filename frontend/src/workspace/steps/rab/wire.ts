/** What the step asks of the server beside the bill: rankings and policies (ahsp.estimates.spending). */

export type Grade = "A" | "B" | "C";

export interface Rank {
  readonly key?: string;
  readonly number?: string;
  readonly kind?: "labor" | "material" | "equipment";
  readonly name: string;
  readonly unit: string;
  readonly amount: string;
  readonly share: string;
  readonly cumulative: string;
  readonly grade: Grade;
}

export interface GradeSum {
  readonly grade: Grade;
  readonly count: number;
  readonly amount: string;
  readonly share: string;
}

export interface Ranking {
  readonly revision: number;
  readonly of: "items" | "resources";
  readonly count: number;
  readonly grades: readonly GradeSum[];
  readonly results: readonly Rank[];
  readonly next: string | null;
}

export interface Policy {
  readonly policy: string;
  readonly label: string;
  readonly difference: string;
}

export interface Policies {
  readonly revision: number;
  readonly complete: boolean;
  readonly subtotal: string;
  readonly example: {
    readonly key: string;
    readonly number: string;
    readonly name: string;
    readonly unit: string;
    readonly quantity: string;
    readonly exact: string;
  } | null;
  readonly unit_price: {
    readonly chosen: string;
    readonly choices: readonly (Policy & {
      readonly unit_price: string | null;
      readonly amount: string | null;
      readonly subtotal: string;
    })[];
  };
  readonly total: {
    readonly chosen: string;
    readonly total: string;
    readonly choices: readonly (Policy & { readonly rounded_total: string })[];
  };
  readonly vat: {
    readonly date: string;
    readonly rules: readonly {
      readonly valid_from: string;
      readonly rate: string;
      readonly base_fraction: string;
      readonly source: string;
      readonly base: string;
      readonly amount: string;
      readonly total: string;
      readonly chosen: boolean;
    }[];
  };
  readonly overhead: {
    readonly rate: string;
    readonly usual: { readonly low: string; readonly high: string };
    readonly groups: readonly {
      readonly rate: string;
      readonly usual: boolean;
      readonly items: number;
      readonly direct_cost: string;
      readonly overhead_and_profit: string;
    }[];
    readonly own_prices: { readonly items: number; readonly amount: string };
  };
}
