import type { Name, Operation, OperationVersion, Origin, TypeRef } from "../../../model/index.ts";
import { compareText, nearest } from "../../../model/index.ts";
import { formatPath, type HoconField, type HoconObject, placesOf, substitutionsOf } from "../syntax/index.ts";
import { asObject, asText, docOf, expectKeys, get, originsOf } from "./access.ts";
import { type Service, statedAt } from "./context.ts";
import { unknownKey, unknownOperation, unknownVersion } from "./diagnostics.ts";
import { nameOf } from "./naming.ts";
import { typeOf } from "./schema.ts";

/** The endpoints of a service by name. */
export type Endpoints = ReadonlyMap<string, HoconField>;

const versionPattern = /^\d+\.\d+$/;
const versionKeys = ["description", "request", "response", "batch_request"];

/** Reads one endpoint; its versions oldest first, so that what has not changed is declared where it is new. */
export function operationOf(s: Service, endpoint: HoconField, endpoints: Endpoints): Operation | undefined {
  const name = `${s.system}.${endpoint.key}`;
  const object = asObject(endpoint.value, `The endpoint ${name}`, s.report);
  if (!object) return undefined;
  for (const field of object.fields.values())
    if (!versionPattern.test(field.key)) {
      const span = placesOf(field).at(-1)?.span ?? field.value.span;
      s.report(unknownKey(span, { key: field.key, of: `the endpoint ${name}`, near: undefined }));
    }
  const versions = versionsOf(object).flatMap((field) => versionOf(s, name, field, endpoints) ?? []);
  return { kind: "operation", name, system: s.system, versions, origins: originsOf(endpoint) };
}

const versionsOf = (endpoint: HoconObject): readonly HoconField[] =>
  [...endpoint.fields.values()]
    .filter((field) => versionPattern.test(field.key))
    .sort((a, b) => compareVersions(a.key, b.key));

/** 2.9 before 2.12. */
function compareVersions(a: string, b: string): number {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number);
  const [majorB = 0, minorB = 0] = b.split(".").map(Number);
  return majorA - majorB || minorA - minorB || compareText(a, b);
}

function versionOf(s: Service, name: Name, field: HoconField, endpoints: Endpoints): OperationVersion | undefined {
  const version = field.key;
  const at = `${name} ${version}`;
  const object = asObject(field.value, at, s.report);
  if (!object) return undefined;
  expectKeys(object, versionKeys, at, s.report);
  const base = `${name}.v${version.replace(".", "_")}`;
  const request = bodyOf(s, object.fields.get("request"), base, "Request");
  const response = bodyOf(s, object.fields.get("response"), base, "Response");
  const batchOf = batchOfVersion(s, object, at, endpoints);
  return {
    version,
    ...docOf(object, at, s.report),
    ...(request && { request: request.type }),
    ...(response && { response: response.type }),
    ...(batchOf && { batchOf }),
    origins: [...originsOf(field), ...(request?.origins ?? []), ...(response?.origins ?? [])],
  };
}

interface Body {
  readonly type: TypeRef;
  /** Where it comes from, when another version declared it. */
  readonly origins: readonly Origin[];
}

function bodyOf(s: Service, field: HoconField | undefined, base: Name, way: string): Body | undefined {
  if (!field) return undefined;
  const name = { base, way };
  const at = nameOf(name);
  const schema = asObject(field.value, at, s.report);
  if (!schema) return undefined;
  const type = typeOf(s, { schema, origins: bodyOrigins(field), name, at, role: "body" });
  return { type, origins: type.kind === "named" && type.name !== `.${at}` ? takenOver(field, way, type.name) : [] };
}

/** A body that changes another's is at home in its own version; what it takes over comes after that. */
function bodyOrigins(field: HoconField): readonly Origin[] {
  const places = placesOf(field);
  return [...places.filter(({ via }) => !via), ...places.filter(({ via }) => via)].map(({ span }) => statedAt(span));
}

/** The substitution by which a version has the body of another. */
function takenOver(field: HoconField, way: string, type: Name): readonly Origin[] {
  const [first] = substitutionsOf(placesOf(field)[0]?.via);
  if (!first) return [];
  const why = `${way} unchanged by \${${formatPath(first.path)}}: ${type.slice(1)}.`;
  return [{ span: first.span, reader: "hocon", basis: "stated", why }];
}

/** A batch is a stream of the requests of another endpoint. The version is a text: 2.20 is not 2.2. */
function batchOfVersion(
  s: Service,
  version: HoconObject,
  at: string,
  endpoints: Endpoints,
): OperationVersion["batchOf"] | undefined {
  const of = `batch_request of ${at}`;
  const batch = asObject(get(version, "batch_request"), of, s.report);
  if (!batch) return undefined;
  expectKeys(batch, ["action", "version"], of, s.report);
  const action = asText(get(batch, "action"), `action in ${of}`, s.report);
  const number = asText(get(batch, "version"), `version in ${of}`, s.report);
  if (action === undefined || number === undefined) return undefined;
  const target = endpoints.get(action)?.value;
  if (!target) {
    const span = get(batch, "action")?.span;
    s.report(unknownOperation(span, { operation: action, by: at, near: nearest(action, endpoints.keys()) }));
    return undefined;
  }
  if (target.kind === "object" && !target.fields.has(number)) {
    const near = nearest(
      number,
      versionsOf(target).map(({ key }) => key),
    );
    s.report(unknownVersion(get(batch, "version")?.span, { operation: action, version: number, by: at, near }));
    return undefined;
  }
  return { operation: `${s.system}.${action}`, version: number };
}
