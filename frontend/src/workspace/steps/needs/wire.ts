/** Resource needs as the API gives them (GET …/resource-needs/). */

export type Kind = "labor" | "material" | "equipment";
export const KINDS: readonly Kind[] = ["labor", "material", "equipment"];

export interface Need {
  readonly kind: Kind;
  readonly sort: "resource" | "percentage" | "lump_sum";
  readonly name: string;
  readonly unit: string;
  readonly quantity: string | null;
  readonly price: string | null;
  readonly cost: string | null;
  readonly complete: boolean;
  readonly purchase: {
    readonly unit: string;
    readonly factor: string;
    readonly quantity: string | null;
    readonly price: string | null;
  } | null;
}

export interface Needs {
  readonly revision: number;
  readonly section: number | null;
  readonly results: readonly Need[];
  readonly spend: Readonly<
    Record<
      | Kind
      | "direct_cost"
      | "difference"
      | "overhead_and_profit"
      | "own_prices"
      | "rounding"
      | "subtotal",
      string
    >
  >;
  readonly tie_out: { readonly needs: string; readonly rounding: string; readonly direct_cost: string };
  readonly without_quantity: number;
  readonly without_analysis: number;
  readonly unknown: readonly string[];
}
