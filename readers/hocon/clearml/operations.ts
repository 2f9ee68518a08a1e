import type { Name, Operation, OperationVersion, Origin, TypeRef } from "../../../model/index.ts";
import { compareText, nearest } from "../../../model/index.ts";
import { formatPath, type HoconField, type HoconObject, placesOf, substitutionsOf } from "../syntax/index.ts";
import { asObject, asText, docOf, originOf, originsOf } from "./access.ts";
import type { Service } from "./context.ts";
import { noVersion, unknownOperation, unknownVersion } from "./diagnostics.ts";
import { nameOf } from "./naming.ts";
import { checkPermissions, permissionKeys } from "./permissions.ts";
import { open, peek, take, takeField } from "./reading.ts";
import { typeOf } from "./schema.ts";

/** The endpoints of a service by name. */
export type Endpoints = ReadonlyMap<string, HoconField>;

const versionPattern = /^\d+\.\d+$/;
const versionKeys = ["description", "method", "request", "response", "batch_request", ...permissionKeys];

/** Reads one endpoint; its versions oldest first, so that what has not changed is declared where it is new. */
export function operationOf(s: Service, endpoint: HoconField, endpoints: Endpoints): Operation | undefined {
  const name = `${s.scope}.${endpoint.key}`;
  const object = asObject(endpoint.value, `The endpoint ${name}`, s.report);
  if (!object) return undefined;
  open(s, object, permissionKeys, name);
  checkPermissions(s, object, name);
  const described = versionsOf(object);
  if (described.length === 0) s.report(noVersion(originsOf(endpoint)[0]?.span, { at: name }));
  const versions = described.flatMap(({ key }) => versionOf(s, name, takeField(s, object, key), endpoints) ?? []);
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

function versionOf(
  s: Service,
  name: Name,
  field: HoconField | undefined,
  endpoints: Endpoints,
): OperationVersion | undefined {
  if (!field) return undefined;
  const version = field.key;
  const at = `${name} ${version}`;
  const object = asObject(field.value, at, s.report);
  if (!object) return undefined;
  open(s, object, versionKeys, at);
  checkPermissions(s, object, at);
  const base = `${name}.v${version.replace(".", "_")}`;
  const request = bodyOf(s, takeField(s, object, "request"), base, "Request");
  const response = bodyOf(s, takeField(s, object, "response"), base, "Response");
  const batchOf = batchOfVersion(s, object, at, endpoints);
  return {
    version,
    ...docOf(s, object, at),
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
  return [...places.filter(({ via }) => !via), ...places.filter(({ via }) => via)].map(originOf);
}

/** The substitution by which a version has the body of another. */
function takenOver(field: HoconField, way: string, type: Name): readonly Origin[] {
  const [first] = substitutionsOf(placesOf(field)[0]?.via, 1);
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
  const batch = asObject(take(s, version, "batch_request"), of, s.report);
  if (!batch) return undefined;
  open(s, batch, ["action", "version", "description"], of);
  const action = asText(take(s, batch, "action"), `action in ${of}`, s.report);
  const number = asText(take(s, batch, "version"), `version in ${of}`, s.report);
  if (action === undefined || number === undefined) return undefined;
  const target = endpoints.get(action)?.value;
  if (!target) {
    const span = peek(batch, "action")?.span;
    s.report(unknownOperation(span, { operation: action, by: at, near: nearest(action, endpoints.keys()) }));
    return undefined;
  }
  if (target.kind === "object" && !target.fields.has(number)) {
    const near = nearest(
      number,
      versionsOf(target).map(({ key }) => key),
    );
    s.report(unknownVersion(peek(batch, "version")?.span, { operation: action, version: number, by: at, near }));
    return undefined;
  }
  return { operation: `${s.scope}.${action}`, version: number };
}
