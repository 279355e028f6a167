import { joined } from '../../../src/content/posts-within.js';

describe('the name of a post', () => {
  it('says once what the post repeats of its organisation, and all of it where nothing is repeated', () => {
    expect([joined('市财政局', '市财政局检查员'), joined('市基层公共服务平台建设领导小组', '领导小组组长'), joined('市基层公共服务平台建设领导小组办公室', '领导小组办公室主任'), joined('历下区人社局', '局长')])
      .toEqual(['市财政局检查员', '市基层公共服务平台建设领导小组组长', '市基层公共服务平台建设领导小组办公室主任', '历下区人社局局长']);
  });
});
