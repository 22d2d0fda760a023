/** What DynamoDB's expressions say, once they are read. Source: DynamoDB Developer Guide, "Using expressions in DynamoDB". */

/** Steps into an item: an attribute's name, or `#name` to look up, or a place in a list. */
export type Path = readonly (string | number)[];

export interface ValueNode {
  readonly kind: 'value';
  /** `:name` */
  readonly name: string;
}

export interface PathNode {
  readonly kind: 'path';
  readonly path: Path;
}

export interface SizeNode {
  readonly kind: 'size';
  readonly path: Path;
}

export type Operand = ValueNode | PathNode | SizeNode;

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | {
      readonly kind: 'compare';
      readonly comparator: Comparator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | { readonly kind: 'between'; readonly operand: Operand; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly operand: Operand; readonly among: readonly Operand[] }
  | { readonly kind: 'exists'; readonly path: Path; readonly isWanted: boolean }
  | { readonly kind: 'type'; readonly path: Path; readonly type: Operand }
  | { readonly kind: 'begins'; readonly operand: Operand; readonly prefix: Operand }
  | { readonly kind: 'contains'; readonly operand: Operand; readonly part: Operand }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition };

/** What SET makes of an attribute. */
export type Source =
  | ValueNode
  | PathNode
  | { readonly kind: 'ifNotExists'; readonly path: Path; readonly otherwise: Source }
  | { readonly kind: 'append'; readonly left: Source; readonly right: Source }
  | { readonly kind: 'sum'; readonly isMinus: boolean; readonly left: Source; readonly right: Source };

export type Action =
  | { readonly kind: 'set'; readonly path: Path; readonly source: Source }
  | { readonly kind: 'remove'; readonly path: Path }
  | { readonly kind: 'add' | 'delete'; readonly path: Path; readonly value: ValueNode };

/** An expression and everything in it that a request must explain. */
export interface Parsed<T> {
  readonly tree: T;
  /** `#name` */
  readonly names: ReadonlySet<string>;
  /** `:name` */
  readonly values: ReadonlySet<string>;
}
