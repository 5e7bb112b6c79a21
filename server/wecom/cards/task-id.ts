const TASK_ID = /^[0-9A-Za-z_@-]{1,128}$/;

/** The form 企业微信 accepts for a card's task_id (page 90236; anything else is errcode 42014). */
export const isTaskId = (value: string): boolean => TASK_ID.test(value);
