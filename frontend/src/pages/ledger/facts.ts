export type Fact = string | number | bigint | boolean;

/** Every single value of an object by its path, such as "footprint.count". */
export function factsOf(value: object): ReadonlyMap<string, Fact> {
  return new Map(
    Object.entries(value).flatMap(([name, inner]): [string, Fact][] =>
      typeof inner === "object"
        ? [...factsOf(inner)].map(([path, fact]): [string, Fact] => [`${name}.${path}`, fact])
        : [[name, inner]],
    ),
  );
}
