import { describe, expect, it } from 'vitest';
import { deploymentScope } from '../conformance.test-support.ts';
import type { DeploymentScope } from '../index.ts';
import { refusalOf, valueOf } from './functions.test-support.ts';

describe('string functions', () => {
  it.each([
    ["concat('a', 1, true(), json('1.5'))", 'a1True1.5'],
    ["base64ToString('w6kg/w==')", 'é \ufffd'],
    ["base64ToString('4oKs8J+YgOKC')", '€😀\ufffd\ufffd'],
    ['dataUri(100)', 'data:application/json;charset=utf-8;base64,MTAw'],
    ["dataUri(createArray('one', 200))", 'data:application/json;charset=utf-8;base64,WyJvbmUiLDIwMF0='],
    ["dataUriToString('data:text/plain;charset=UTF-8,a%20b')", 'a b'],
    ["dataUriToString('data:;base64,SGVsbG8=')", 'Hello'],
    ["toUpper('straße')", 'STRAßE'],
    ["toLower('ΑΣ')", 'ασ'],
    ["trim(base64ToString('wqAgeMKF'))", 'x'],
    ["split('a,b;c,', createArray(',', ';'))", ['a', 'b', 'c', '']],
    ["split('', ',')", ['']],
    ["split('abc', '')", ['abc']],
    ["padLeft('12345', 3, '0')", '12345'],
    ["lastIndexOf('abcabc', 'BC')", 4],
    ["replace('aaa', 'aa', 'b')", 'ba'],
    ["uri('HTTPS://User:Pw@Example.COM:443/a/../b', 'c?d=e#f')", 'https://User:Pw@example.com/c?d=e#f'],
    ["uri('http://example.com:8080', 'x y')", 'http://example.com:8080/x%20y'],
    ["uri('https://e.com/a/b?x=1', 'c')", 'https://e.com/a/c'],
    ["uri('https://e.com/a/', '../../x')", 'https://e.com/x'],
    ["uri('https://e.com/a', 'http://other.org')", 'http://other.org/'],
    ["uriComponent('a b+c/d?e=f&g*(h)!')", 'a%20b%2Bc%2Fd%3Fe%3Df%26g%2A%28h%29%21'],
    ["uriComponentToString('%zz%20%E2%82')", '%zz%20%E2%82'],
    ['string(json(\'[1, 2.5, "x", null, true]\'))', '[1,2.5,"x",null,true]'],
    ["less('a', 'A')", true],
    ["less('item10', 'item9')", true],
    ["greater('é', 'f')", false],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression)).toStrictEqual(expected);
  });
});

describe('date functions', () => {
  it.each([
    ["dateTimeAdd(dateTimeAdd('2020-04-07 14:53:14Z', 'P3Y'), '-P1D')", '4/6/2023 2:53:14 PM'],
    ["dateTimeAdd('12/31/2023 12:00:00 AM', 'PT12H')", '12/31/2023 12:00:00 PM'],
    ["dateTimeAdd('2020-04-07T14:53:14.1234567Z', 'PT0.5S', 'o')", '2020-04-07T14:53:14.6234567Z'],
    ["dateTimeAdd('2020-04-07T14:53:14+02:00', 'PT1H')", '2020-04-07T13:53:14Z'],
    ["dateTimeAdd('2020-01-31T00:00:00Z', 'P1M', 'd')", '03/01/2020'],
    [
      "dateTimeAdd('2024-02-29T00:00:00Z', 'P1Y1M1DT1H1M1S', 'dddd, d MMM yyyy HH:mm:ss')",
      'Monday, 31 Mar 2025 01:01:01',
    ],
    ["dateTimeToEpoch('4/7/2020 2:53:14 PM')", 1586271194],
    ['dateTimeFromEpoch(-1)', '1969-12-31T23:59:59Z'],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression)).toBe(expected);
  });

  it.each([
    "dateTimeToEpoch('13/1/2020')",
    "dateTimeToEpoch('1/1/2020 13:00 PM')",
    "dateTimeAdd('2020-02-30', 'P1D')",
  ])('%s is refused', (expression) => {
    expect(refusalOf(expression)).toContain('is not a valid ISO8601 date time string');
  });
});

describe('CIDR functions', () => {
  it.each([
    ["parseCidr('::ffff:10.0.0.0/104').network", '::ffff:a00:0'],
    ["cidrHost('fe80::/126', 2)", 'fe80::3'],
    ["cidrSubnet('fdad:3236:5555::/48', 52, 15)", 'fdad:3236:5555:f000::/52'],
    ["parseCidr('10.144.1.1/31').lastUsable", '10.144.1.1'],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression)).toBe(expected);
  });

  it.each(["parseCidr('::10.0.0/104')", "parseCidr('::1.2.3.4:5/64')", "cidrSubnet('10.0.0.0/16', 24, 256)"])(
    '%s is refused',
    (expression) => {
      expect(refusalOf(expression)).toContain('expects');
    },
  );
});

/** Most of these texts were measured at Azure, or come from its engine (tests of Azure/bicep). */
describe('wrong arguments are refused in the words of Azure', () => {
  it.each([
    [
      "toObject(createArray('a'))",
      "Unable to evaluate template language function 'toObject': function requires between 2 and 3 argument(s) while 1 were provided. Please see https://aka.ms/arm-resource-functions/#toObject for usage details.",
    ],
    [
      'BASE64TOSTRING()',
      "Unable to evaluate template language function 'base64ToString': function requires 1 argument(s) while 0 were provided.",
    ],
    [
      "endsWith('a', 'b', 'c')",
      "Unable to evaluate template language function 'endsWith': function requires 2 argument(s) while 3 were provided.",
    ],
    ['base64()', "The template language function 'base64' must have only one parameter."],
    [
      "base64(createArray(''))",
      "The template language function 'base64' expects its parameter to be of type 'String'. The provided value is of type 'Array'.",
    ],
    [
      'base64ToString(100)',
      "The template language function 'base64ToString' expects its parameter to be a string. The provided value is of type 'Integer'.",
    ],
    [
      "base64ToString('%%')",
      "The template language function 'base64ToString' was invoked with a parameter that is not valid. The value cannot be decoded from base64 representation.",
    ],
    [
      "bool('sdf')",
      "The template language function 'bool' was invoked with a parameter that is not valid. The value cannot be converted to the target type.",
    ],
    [
      'concat()',
      "Unable to evaluate template language function 'concat'. At least one parameter should be provided.",
    ],
    [
      "concat(createArray('hello'), 200)",
      "The provided parameters for language function 'concat' are invalid. Either all or none of the parameters must be an array.",
    ],
    [
      "dataUriToString('Hi 0!')",
      "The template language function 'dataUriToString' expects its parameter to be formatted as a valid data URI. The provided value 'Hi 0!' was not formatted correctly. Please see https://aka.ms/arm-functions#dataUriToString for usage details.",
    ],
    ["dataUriToString('data:;foo=bar;base64,R0lGODdh')", 'was not formatted correctly.'],
    [
      "dataUriToString('data:text/plain;charset=utf-16;base64,MTAw')",
      "The provided charset 'utf-16' is not supported.",
    ],
    [
      'empty(100)',
      "The template function 'empty' expects its parameter to be an object, an array, or a string. The provided value is of type 'Integer'.",
    ],
    [
      'first(100)',
      "The template language function 'first' expects its parameter be an array or a string. The provided value is of type 'Integer'.",
    ],
    [
      "indexOf('one', 100)",
      "The template language function 'indexOf' expects its parameters to be of type string and string. The provided value is of type 'String' and 'Integer'.",
    ],
    [
      "int('asdf')",
      "The template language function 'int' cannot convert provided value 'asdf' to integer value. Please see https://aka.ms/arm-function-int for usage details.",
    ],
    [
      'length()',
      "The template language function 'length' expects exactly one parameter: an array, object, or a string the length of which is returned. The function was invoked with '0' parameters.",
    ],
    [
      'length(null())',
      "The template language function 'length' expects its parameter to be an array, object, or a string. The provided value is of type 'Null'.",
    ],
    [
      'padLeft()',
      "Unable to evaluate template language function 'padLeft': function requires minimum two and maximum three arguments while '0' was provided. The syntax is padLeft(string, totalWidth [, paddingChar]).",
    ],
    [
      "padLeft(createArray(''), 10)",
      "the first parameter is invalid. The source string must be a String or integer type, while 'Array' was provided.",
    ],
    [
      "padLeft(10, 15, 'abc')",
      "the third parameter is invalid. The padding character must be a single character, while 'abc' was provided.",
    ],
    ['split()', "The template language function 'split' expects exactly '2' parameters."],
    [
      "split(100, ',')",
      "The template language function 'split' expects its first parameter to be of type 'String'. The provided value is of type 'Integer'.",
    ],
    [
      "split('a', createArray(100))",
      "The template language function 'split' expects its second parameter to be of type 'String or Array of Strings'. The provided value is of type 'Integer'.",
    ],
    [
      "uri('github.com', 'Azure/bicep')",
      "The template language function 'uri' expects its first argument to be a uri string. The provided value is 'github.com'. Please see https://aka.ms/arm-function-datauri for usage details.",
    ],
    [
      "like('abc', 'abc')",
      "The template function 'like' is not valid. Please see https://aka.ms/arm-functions for usage details.",
    ],
    ["externalInput('sys.cli', 'x')", 'it is answered by the client'],
    ["fail('out of luck')", 'out of luck'],
  ])('%s', (expression, message) => {
    expect(refusalOf(expression)).toContain(message);
  });
});

describe('zones', () => {
  it.each([
    ["pickZones('Microsoft.Compute', 'virtualMachines', 'westus2')", ['1']],
    ["pickZones('Microsoft.Compute', 'virtualMachines', 'West US 2', 2, 1)", ['2', '3']],
    ["pickZones('Microsoft.Compute', 'virtualMachines', 'northcentralus')", []],
    ["pickZones('Microsoft.Cdn', 'profiles', 'westus2')", []],
    ["toPhysicalZone('s', 'West US 2', '2')", 'westus2-az2'],
    ["toPhysicalZones('s', 'eastus', createArray('3', '1'))", ['eastus-az3', 'eastus-az1']],
    ["toLogicalZone('s', 'eastus', 'EastUS-AZ1')", '1'],
    ["toLogicalZones('s', 'eastus', createArray())", []],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression)).toStrictEqual(expected);
  });

  it.each([
    ["pickZones('Microsoft.Compute', 'virtualMachines', 'westus2', 3, 1)", "'3' zones in the location"],
    ["pickZones('Microsoft.Compute', 'virtualMachines', 'westus2', 4)", 'from 1 to 3'],
    ["toPhysicalZone('s', 'eastus', '4')", "The zones are '1, 2, 3'"],
    ["toLogicalZone('s', 'westcentralus', 'westcentralus-az1')", 'which is not a zone of the location'],
    ["providers('Microsoft.Web')", "The template function 'providers' is not expected at this location."],
  ])('%s is refused', (expression, reason) => {
    expect(refusalOf(expression)).toContain(reason);
  });

  it('are what the cloud says where it says something', () => {
    const web = {
      namespace: 'Microsoft.Web',
      registrationState: 'Registered',
      resourceTypes: [
        {
          resourceType: 'sites',
          apiVersions: ['2024-04-01'],
          zoneMappings: [{ location: 'East US', zones: ['2'] }],
        },
      ],
    };
    const cloud = {
      provider: (namespace: string) => (namespace === 'Microsoft.Web' ? web : undefined),
      zones: () => [{ logicalZone: '1', physicalZone: 'eastus-az3' }],
    };
    expect(valueOf("pickZones('Microsoft.Web', 'sites', 'eastus')", { cloud })).toStrictEqual(['2']);
    expect(valueOf("toPhysicalZone('s', 'eastus', '1')", { cloud })).toBe('eastus-az3');
    expect(valueOf("providers('Microsoft.Web', 'Sites').apiVersions[0]", { cloud })).toBe('2024-04-01');
    expect(valueOf("providers('Microsoft.Web')", { cloud })).toStrictEqual({
      namespace: 'Microsoft.Web',
      resourceTypes: web.resourceTypes,
    });
    expect(refusalOf("providers('Microsoft.Nothing')", { cloud })).toContain('which is not known');
    expect(refusalOf("providers('Microsoft.Web', 'x')", { cloud })).toContain('does not have');
  });
});

describe('ids and scopes', () => {
  const { subscription, resourceGroup, ...above } = deploymentScope();
  const at: Record<string, DeploymentScope> = {
    group: { ...above, subscription, resourceGroup: resourceGroup! },
    subscription: { ...above, kind: 'subscription', subscription },
    managementGroup: {
      ...above,
      kind: 'managementGroup',
      managementGroup: { id: '/providers/Microsoft.Management/managementGroups/mg1', name: 'mg1' },
    },
    tenant: { ...above, kind: 'tenant', tenant: { displayName: 'Contoso', countryCode: 'US' } },
  };
  const other = '22222222-2222-3333-4444-555555555555';

  it.each([
    ['group', "resourceId('A.B/c', 'x')", `${resourceGroup!.id}/providers/A.B/c/x`],
    [
      'group',
      "resourceId('rg2', 'A.B/c/d', 'x', 'y')",
      `${subscription.id}/resourceGroups/rg2/providers/A.B/c/x/d/y`,
    ],
    [
      'group',
      `resourceId('${other}', 'rg2', 'A.B/c', 'x')`,
      `/subscriptions/${other}/resourceGroups/rg2/providers/A.B/c/x`,
    ],
    ['subscription', "resourceId('A.B/c', 'x')", `${subscription.id}/providers/A.B/c/x`],
    ['subscription', `resourceId('${other}', 'A.B/c', 'x')`, `/subscriptions/${other}/providers/A.B/c/x`],
    ['managementGroup', "resourceId('A.B/c', 'x')", '/providers/A.B/c/x'],
    [
      'managementGroup',
      "managementGroupResourceId('A.B/c', 'x')",
      '/providers/Microsoft.Management/managementGroups/mg1/providers/A.B/c/x',
    ],
    ['managementGroup', 'managementGroup().name', 'mg1'],
    ['tenant', "tenantResourceId('A.B/c', 'x')", '/providers/A.B/c/x'],
    [
      'tenant',
      "managementGroupResourceId('mg2', 'A.B/c', 'x')",
      '/providers/Microsoft.Management/managementGroups/mg2/providers/A.B/c/x',
    ],
    [
      'tenant',
      'tenant()',
      {
        countryCode: 'US',
        displayName: 'Contoso',
        id: `/tenants/${above.tenantId}`,
        tenantId: above.tenantId,
      },
    ],
    ['tenant', "extensionResourceId('/', 'A.B/c', 'x')", '/providers/A.B/c/x'],
  ])('at %s: %s', (scope, expression, expected) => {
    expect(valueOf(expression, { deployment: at[scope]! })).toStrictEqual(expected);
  });

  it.each([
    ['subscription', 'resourceGroup()'],
    ['tenant', 'subscription()'],
    ['managementGroup', 'resourceGroup()'],
    ['group', 'managementGroup()'],
    ['group', 'deployer()'],
    ['tenant', "managementGroupResourceId('A.B/c', 'x')"],
  ])('at %s %s is refused', (scope, expression) => {
    expect(refusalOf(expression, { deployment: at[scope]! })).toContain('is not expected at this location');
  });

  it('tell who deploys', () => {
    const deployer = { objectId: 'o', tenantId: 't' };
    expect(valueOf('deployer()', { deployment: { ...at['group']!, deployer } })).toStrictEqual({
      objectId: 'o',
      tenantId: 't',
      userPrincipalName: '',
    });
  });
});
