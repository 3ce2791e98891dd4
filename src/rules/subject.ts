import type { Component, Edge } from '../model/system.ts';
import type { DataMap } from '../model/yaml.ts';

/** Where the search for a control ended. */
export interface Answer {
  readonly holds: boolean;
  /** Whether somebody wrote `false` or `planned` there, which ends the search. */
  readonly denied: boolean;
  readonly by: 'own' | 'implied' | 'covered' | 'host' | 'caller' | 'callee' | 'system' | 'nobody';
  /** Id of the component that answered. */
  readonly where: string;
}

/** One action as one agent may use it: the grant's own word on it comes before that of the tool. */
export interface Permit {
  readonly grant: Edge;
  readonly action: Component;
  readonly raw: DataMap;
}

export type Subject = Component | Edge | Permit;

export const isPermit = (subject: Subject): subject is Permit => 'grant' in subject;
export const isEdge = (subject: Subject): subject is Edge => 'from' in subject;
