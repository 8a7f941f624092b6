// What pages load once charts of relations are asked for: a bundle of its own.
export { firstRelation } from './choices';
export { relationsSection } from './relationsSection';
