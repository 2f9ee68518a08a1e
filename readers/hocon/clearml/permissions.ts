import type { HoconObject } from "../syntax/index.ts";
import { asArray, asBoolean, asText } from "./access.ts";
import type { Service } from "./context.ts";
import { peek } from "./reading.ts";

/** The keys that say who may call an endpoint. */
export const permissionKeys: readonly string[] = ["internal", "authorize", "allow_roles"];

/**
 * Looks at who may call an endpoint: only whether it is well said. The model tells what is sent and not who may send it, so
 * the keys stay unread, and are told as what the model has no place for.
 */
export function checkPermissions(s: Service, object: HoconObject, at: string): void {
  asBoolean(peek(object, "internal"), `internal of ${at}`, s.report);
  asBoolean(peek(object, "authorize"), `authorize of ${at}`, s.report);
  const roles = asArray(peek(object, "allow_roles"), `allow_roles of ${at}`, s.report);
  for (const role of roles?.items ?? []) asText(role, `A role in allow_roles of ${at}`, s.report);
}
