import type { Role } from '../api/types.ts';
import type { ModuleDeclaration, Place } from './place.ts';

/** Every folder with a `places.ts` is a module: none is named here. */
const declarations = import.meta.glob<{ readonly declaration: ModuleDeclaration }>('/src/*/places.ts', {
  eager: true,
});

const modules = Object.entries(declarations).map(([path, { declaration }]) => ({
  name: path.split('/').at(2) ?? '',
  declaration,
}));

const concerns = (roles: readonly Role[], theirs: readonly Role[]): boolean =>
  theirs.some((role) => roles.includes(role));

/** Places for somebody with these roles, as they stand in the rail. */
export const placesFor = (roles: readonly Role[]): readonly Place[] =>
  modules
    .flatMap(({ declaration }) => declaration.places)
    .filter((place) => concerns(roles, place.roles))
    .toSorted((a, b) => a.order - b.order);

export const modulesFor = (roles: readonly Role[]): readonly string[] =>
  modules
    .filter(({ declaration }) => declaration.places.some((place) => concerns(roles, place.roles)))
    .map(({ name }) => name);

export const railPartsFor = (roles: readonly Role[]) =>
  modules.flatMap(({ name, declaration: { railPart } }) =>
    railPart && concerns(roles, railPart.roles) ? [{ name, load: railPart.load }] : [],
  );

export const backgroundsFor = (roles: readonly Role[]) =>
  modules.flatMap(({ name, declaration: { background } }) =>
    background && concerns(roles, background.roles) ? [{ name, load: background.load }] : [],
  );
