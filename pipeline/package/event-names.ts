import { type Event, eventTypeName, localName, type OutputFile } from "../../model/index.ts";

/** What an event is called in the parts of the package; each absent where that part was not generated. */
export interface EventNames {
  /** Its type, as an expression over what the system's module exports. */
  readonly type?: string;
  /** What follows `is`, `validate` and `assert`. */
  readonly stem?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly record?: string;
}

/** Looks names up in what was generated: the generators alone decide on them. */
export function eventNames(event: Event, files: ReadonlyMap<string, OutputFile>): EventNames {
  const { name, system, payload } = event;
  const text = (path: string): string | undefined => files.get(`${system}/${path}`)?.content;
  const file = (path: string): string | undefined => (files.has(`${system}/${path}`) ? `${system}/${path}` : undefined);
  const stems = [
    ...(payload.kind === "named" && !event.envelope ? [localName(payload.name)] : []),
    eventTypeName(event),
  ];
  const find = (source: string | undefined, line: (stem: string) => string): string | undefined =>
    source === undefined ? undefined : stems.find((stem) => source.includes(line(stem)));
  const declarations = text("index.d.ts");
  const interfaceName = find(declarations, (stem) => `\nexport interface ${stem} `);
  const aliasName = find(declarations, (stem) => `\nexport type ${stem} =`);
  const type = interfaceName ?? aliasName ?? (declarations && `EventMap[${JSON.stringify(name)}]`);
  const stem = find(text("validators.d.ts"), (stem) => `export declare function is${stem}(`);
  const flat = name.replace(/[^A-Za-z0-9]+/g, "_");
  const schema = file(`schemas/${name}.schema.json`);
  const record = file(`avro/${name}.avsc`);
  const table = file(`clickhouse/${system}_${flat}.sql`) ?? file(`clickhouse/${flat}.sql`);
  return {
    ...(type !== undefined && { type }),
    ...(stem !== undefined && { stem }),
    ...(schema !== undefined && { schema }),
    ...(table !== undefined && { table }),
    ...(record !== undefined && { record }),
  };
}
