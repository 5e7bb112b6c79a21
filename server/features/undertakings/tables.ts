import { EntitySchema } from 'typeorm';
import * as c from '../../platform/db/columns.ts';

/** A version of a text as it was first read from config/undertakings. Never changed, never deleted. */
export interface TextRow {
  id: string;
  textId: string;
  textVersion: number;
  title: string;
  source: string;
  words: string;
  sha256: string;
  askAgain: boolean;
  registeredAt: number;
}

export const TextTable = new EntitySchema<TextRow>({
  name: 'undertaking_text',
  tableName: 'undertaking_text',
  columns: {
    id: c.id(),
    textId: c.code(48),
    textVersion: c.integer(),
    title: c.label(),
    source: c.label(),
    words: c.longText(),
    sha256: c.code(64),
    askAgain: c.flag(),
    registeredAt: c.instant(),
  },
  indices: [{ name: 'undertaking_text_once', columns: ['textId', 'textVersion'], unique: true }],
});

/** Somebody read a version and gave it, once in their time here. Never changed. */
export interface GivenRow {
  id: string;
  personId: string;
  textId: string;
  textVersion: number;
  stay: number;
  /** Of the words that were shown. */
  sha256: string;
  givenAt: number;
  via: string;
  /** Print of the session's random id; tells sessions apart and opens none. */
  sessionTag: string | null;
  requestId: string | null;
}

export const GivenTable = new EntitySchema<GivenRow>({
  name: 'undertaking_given',
  tableName: 'undertaking_given',
  columns: {
    id: c.id(),
    personId: c.ref(),
    textId: c.code(48),
    textVersion: c.integer(),
    stay: c.integer(),
    sha256: c.code(64),
    givenAt: c.instant(),
    via: c.code(16),
    sessionTag: c.nullable(c.code(32)),
    requestId: c.nullable(c.code(64)),
  },
  indices: [
    {
      name: 'undertaking_given_once',
      columns: ['personId', 'textId', 'textVersion', 'stay'],
      unique: true,
    },
    { name: 'undertaking_given_text', columns: ['textId', 'textVersion'] },
  ],
});

/** Somebody was asked for a version: they signed in while it was open, or were reminded. */
export interface AskRow {
  id: string;
  personId: string;
  textId: string;
  textVersion: number;
  stay: number;
  askedAt: number;
  /** When opening the app led there; once. */
  ledAt: number | null;
  /** The last day they were reminded. */
  remindedOn: string | null;
}

export const AskTable = new EntitySchema<AskRow>({
  name: 'undertaking_ask',
  tableName: 'undertaking_ask',
  columns: {
    id: c.id(),
    personId: c.ref(),
    textId: c.code(48),
    textVersion: c.integer(),
    stay: c.integer(),
    askedAt: c.instant(),
    ledAt: c.nullable(c.instant()),
    remindedOn: c.nullable(c.day()),
  },
  indices: [
    { name: 'undertaking_ask_once', columns: ['personId', 'textId', 'textVersion', 'stay'], unique: true },
    { name: 'undertaking_ask_text', columns: ['textId', 'textVersion'] },
  ],
});

/** Whoever left at least once: what they gave before does not bind them when they come back. */
export interface StayRow {
  /** The person. */
  id: string;
  /** How many times they left. */
  stay: number;
  /** Null: they are back. */
  leftAt: number | null;
}

export const StayTable = new EntitySchema<StayRow>({
  name: 'undertaking_stay',
  tableName: 'undertaking_stay',
  columns: { id: c.id(), stay: c.integer(), leftAt: c.nullable(c.instant()) },
  indices: [{ name: 'undertaking_stay_left', columns: ['leftAt'] }],
});

export const undertakingsTables = [TextTable, GivenTable, AskTable, StayTable] as const;
