import type { Category } from './category.ts';
import type { ModuleCatalog, ModuleDefinition } from './module-catalog.ts';

export interface VisibleModule {
  readonly module: ModuleDefinition;
  /** The affiliations that qualify; never empty, never one the person has for something else. */
  readonly by: readonly Category[];
}

/**
 * Rule B8: which of a person's affiliations entitle them to this module. Whoever asks for a right checks that this
 * list is not empty and carries on with the affiliation named in it, so that somebody who is both staff and the
 * employee of a contractor never acts in the wider capacity by accident.
 */
export const qualifyingCategories = (
  affiliations: readonly Category[],
  module: Pick<ModuleDefinition, 'categories'>,
): readonly Category[] => module.categories.filter((category) => affiliations.includes(category));

/** S2-4.4: only modules inside the business range of one of the person's categories. */
export const visibleModules = (
  affiliations: readonly Category[],
  catalog: ModuleCatalog,
): readonly VisibleModule[] =>
  [...catalog.values()].flatMap((module) => {
    const by = qualifyingCategories(affiliations, module);
    return by.length > 0 ? [{ module, by }] : [];
  });
