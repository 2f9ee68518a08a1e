import type { DescExtension, DescField } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import type { Json } from "../../model/index.ts";

/**
 * The default a field states, as the Protobuf JSON mapping writes it: enums by name, bytes in base64, 64-bit integers as
 * strings where a number would lose digits. Infinities and NaN have no place in JSON: `undefined`.
 */
export function defaultValue(field: DescField | DescExtension): Json | undefined {
  if (field.fieldKind === "enum") {
    const number = field.getDefaultValue();
    return field.enum.values.find((value) => value.number === number)?.name;
  }
  if (field.fieldKind !== "scalar") return undefined;
  const value = field.getDefaultValue();
  switch (typeof value) {
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
    case "number":
      return Number.isFinite(value) ? value : undefined;
    case "object":
      return base64Encode(value);
    default:
      return value;
  }
}
