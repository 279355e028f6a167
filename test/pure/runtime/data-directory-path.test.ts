import { checkoutRoot } from '../../../src/runtime/checkout.js';
import { dataDirectoryPath } from '../../../src/runtime/data-directory.js';

const asUser = { isRoot: false, home: '/home/clerk' };

describe('dataDirectoryPath', () => {
  it('two checkouts of one user never share a database', () => {
    const one = dataDirectoryPath({ ...asUser, env: {}, checkout: '/usr' });
    const other = dataDirectoryPath({ ...asUser, env: {}, checkout: '/etc' });
    expect(one).toMatch(/^\/home\/clerk\/\.local\/share\/yanshou\/[0-9a-f]{12}$/);
    expect(other).not.toBe(one);
  });

  it('root keeps data out of its closed home, where the database user could not reach it', () => {
    expect(dataDirectoryPath({ isRoot: true, home: '/root', env: {} })).toMatch(/^\/var\/lib\/yanshou\/[0-9a-f]{12}$/);
  });

  it('a relative XDG_DATA_HOME does not scatter data over working directories', () => {
    expect(dataDirectoryPath({ ...asUser, env: { XDG_DATA_HOME: 'data' } })).toMatch(/^\/home\/clerk\//);
    expect(dataDirectoryPath({ ...asUser, env: { XDG_DATA_HOME: '/srv/share' } })).toMatch(/^\/srv\/share\/yanshou\//);
  });

  it('YANSHOU_DATA is taken as it is', () => {
    expect(dataDirectoryPath({ ...asUser, env: { YANSHOU_DATA: '/srv/our data' } })).toBe('/srv/our data');
  });

  it('data inside the checkout, which a clean-up would delete, is refused', () => {
    const inside = { ...asUser, env: { YANSHOU_DATA: `${checkoutRoot()}/data/here` } };
    expect(() => dataDirectoryPath(inside)).toThrow(expect.objectContaining({ code: 'data-in-checkout' }));
  });
});
