import type { XmlElement } from './xml.ts';

/** What 企业微信 tells an app or the contact assistant (pages 90239, 90240, 90970). Identifiers are strings. */
export type CallbackEvent = ReceivedMessage | ReceivedEvent;

interface Envelope {
  /** Member userid as sent (compare without case), or `sys`; `''` where the API names nobody. */
  readonly fromUser: string;
  /** CreateTime as epoch milliseconds (whole seconds). */
  readonly createdAt: number;
  /** null for contact callbacks and others that concern no app. */
  readonly agentId: string | null;
}

// Messages from a member to the app

interface Message extends Envelope {
  /** 64-bit integer in decimal. */
  readonly msgId: string;
}

export interface TextReceived extends Message {
  readonly kind: 'text';
  readonly content: string;
}

export interface ImageReceived extends Message {
  readonly kind: 'image';
  readonly picUrl: string;
  /** Media ids in messages can be fetched for 3 days. */
  readonly mediaId: string;
}

export interface VoiceReceived extends Message {
  readonly kind: 'voice';
  readonly mediaId: string;
  /** Such as `amr`. */
  readonly format: string;
}

export interface VideoReceived extends Message {
  readonly kind: 'video';
  readonly mediaId: string;
  readonly thumbMediaId: string;
}

export interface LocationReceived extends Message {
  readonly kind: 'location';
  /** Decimal degrees as text. */
  readonly latitude: string;
  readonly longitude: string;
  readonly scale: string;
  readonly label: string;
}

export interface LinkReceived extends Message {
  readonly kind: 'link';
  readonly title: string;
  readonly description: string;
  readonly url: string;
  readonly picUrl: string;
}

export type ReceivedMessage =
  TextReceived | ImageReceived | VoiceReceived | VideoReceived | LocationReceived | LinkReceived;

// Events

interface Event extends Envelope {
  /** SHA-256 over the whole decrypted content, 64 hex digits: see `eventKey`. */
  readonly contentHash: string;
}

/** A member entered or left the app's visible range, or opened the app. */
export interface AppEvent extends Event {
  readonly kind: 'subscribe' | 'unsubscribe' | 'enterAgent';
}

export interface LocationReported extends Event {
  readonly kind: 'locationReported';
  readonly latitude: string;
  readonly longitude: string;
  /** Metres, as text. */
  readonly precision: string;
}

/** `eventKey` is the menu key of a click, the address of a view. */
export interface MenuEvent extends Event {
  readonly kind: 'menuClick' | 'menuView';
  readonly eventKey: string;
}

/** What a member chose in one selection of a card; several only where the card allows it. */
export interface SelectedItem {
  readonly questionKey: string;
  readonly optionIds: readonly string[];
}

/** A button or submit button of a template card (template_card_event). */
export interface CardTapped extends Event {
  readonly kind: 'cardTapped';
  readonly taskId: string;
  /** Key of the button tapped. */
  readonly eventKey: string;
  readonly cardType: string;
  /** Good for one update within 72 hours. */
  readonly responseCode: string;
  readonly selected: readonly SelectedItem[];
}

/** An entry of a card's upper right menu (template_card_menu_event). */
export interface CardMenuTapped extends Event {
  readonly kind: 'cardMenuTapped';
  readonly taskId: string;
  readonly eventKey: string;
  readonly cardType: string;
  readonly responseCode: string;
}

/**
 * change_contact carries ids only: an event is a hint, the present state is read from the API (rule D10), and
 * since 2022-08-15 企业微信 sends little more. Names and mobile numbers that older settings send are left out.
 */
interface ContactEvent extends Event {
  readonly kind: 'contactChanged';
}

export interface MemberChanged extends ContactEvent {
  readonly change: 'create_user' | 'update_user' | 'delete_user';
  readonly userId: string;
  /** Set when the userid itself changed. */
  readonly newUserId: string | null;
  /** null when the event does not say. */
  readonly departmentIds: readonly string[] | null;
}

export interface DepartmentChanged extends ContactEvent {
  readonly change: 'create_party' | 'update_party' | 'delete_party';
  readonly departmentId: string;
  readonly parentId: string | null;
}

export interface TagChanged extends ContactEvent {
  readonly change: 'update_tag';
  readonly tagId: string;
  readonly addedUserIds: readonly string[];
  readonly removedUserIds: readonly string[];
  readonly addedDepartmentIds: readonly string[];
  readonly removedDepartmentIds: readonly string[];
}

export type ContactChanged = MemberChanged | DepartmentChanged | TagChanged;

/** An asynchronous directory job ended (batch_job_result). */
export interface BatchJobFinished extends Event {
  readonly kind: 'batchJobFinished';
  readonly jobId: string;
  /** sync_user, replace_user, invite_user or replace_party. */
  readonly jobType: string;
  readonly errCode: number;
  readonly errMsg: string;
}

/** 企业微信's own approval app changed something; `info` is ApprovalInfo as received. */
export interface ApprovalChanged extends Event {
  readonly kind: 'approvalChanged';
  readonly name: 'open_approval_change' | 'sys_approval_change';
  readonly info: XmlElement;
}

/** Anything else, kept whole. `name` is Event, `change_contact.<ChangeType>` or `message.<MsgType>`. */
export interface UnknownEvent extends Event {
  readonly kind: 'unknownEvent';
  readonly name: string;
  readonly content: XmlElement;
}

export type ReceivedEvent =
  | AppEvent
  | LocationReported
  | MenuEvent
  | CardTapped
  | CardMenuTapped
  | ContactChanged
  | BatchJobFinished
  | ApprovalChanged
  | UnknownEvent;
