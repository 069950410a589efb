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
    ["toUpper('ıi')", 'ıI'],
    ["indexOf('ı', 'I')", -1],
    ["toLower('ΑΣ')", 'ασ'],
    ["trim(base64ToString('wqAgeMKF'))", 'x'],
    ["split('a,b;c,', createArray(',', ';'))", ['a', 'b', 'c', '']],
    ["split('', ',')", ['']],
    ["split('abc', '')", ['abc']],
    ["padLeft('12345', 3, '0')", '12345'],
    ["lastIndexOf('abcabc', 'BC')", 4],
    ["replace('aaa', 'aa', 'b')", 'ba'],
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

/** As Newtonsoft's writer does, with which Azure's engine works. */
describe('JSON in texts', () => {
  it.each([
    [String.raw`string(json('{"a": 1e-7, "b": 1.5, "c": 1e21}'))`, '{"a":1E-07,"b":1.5,"c":1E+21}'],
    [
      String.raw`string(json('["q\"", "\\", "\t\u0001\u0085\u2028", "é\u007f/''"]'))`,
      `${String.raw`["q\"","\\","\t\u0001\u0085\u2028","é`}\u007f/'"]`,
    ],
    [String.raw`format('{0}', json('{"a''": "q\" \\ \r\n"}'))`, String.raw`{'a\'':'q" \\ \r\n'}`],
    ["join(createArray(createArray('it''s', true(), null())), '')", String.raw`['it\'s',true,null]`],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression)).toBe(expected);
  });
});

describe('copyIndex', () => {
  const loops = [{ name: 'loop', index: 2, ofResource: true }];

  it.each([
    ['copyIndex()', 2],
    ['copyIndex(3)', 5],
    ["copyIndex('LOOP')", 2],
    ["copyIndex('loop', -1)", 1],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression, { loops })).toBe(expected);
  });

  it.each([
    ['copyIndex(1, 2)', "expects its first parameter to be of type 'String'"],
    ["copyIndex('loop', 'x')", "expects its second parameter to be of type 'Integer'"],
    ["copyIndex('other')", "refers to the copy loop 'other', which does not exist"],
    ['copyIndex(null())', "to be of type 'Integer'. The provided value is of type 'Null'"],
  ])('%s is refused', (expression, reason) => {
    expect(refusalOf(expression, { loops })).toContain(reason);
  });
});

/** Examples of Microsoft's reference, and what follows from its words, beyond the conformance data. */
describe('the reference', () => {
  const cities =
    "createArray(createObject('n', 'b', 'i', 1), createObject('n', 'a', 'i', 2), createObject('n', 'b', 'i', 3))";

  it.each([
    [
      "map(createArray('a', 'b'), lambda('x', 'i', format('{0}{1}', lambdaVariables('i'), lambdaVariables('x'))))",
      ['0a', '1b'],
    ],
    ["filter(createArray('a', 'b', 'c'), lambda('x', 'i', less(lambdaVariables('i'), 2)))", ['a', 'b']],
    ["map(createArray('a'), lambda('X', lambdaVariables('x')))", ['a']],
    [
      "map(createArray(1, 2), lambda('x', map(createArray(3), lambda('y', add(lambdaVariables('x'), lambdaVariables('y'))))))",
      [[4], [5]],
    ],
    ['map(createArray(1), lambda(5))', [5]],
    [
      `map(sort(${cities}, lambda('x', 'y', less(lambdaVariables('x').n, lambdaVariables('y').n))), lambda('x', lambdaVariables('x').i))`,
      [2, 1, 3],
    ],
    [
      "toObject(createArray('a', 'b', 'a'), lambda('x', lambdaVariables('x')), lambda('x', length(lambdaVariables('x'))))",
      { a: 1, b: 1 },
    ],
    [`length(groupBy(${cities}, lambda('x', lambdaVariables('x').n)).b)`, 2],
    [
      'union(json(\'{"p": {"one": "a", "three": "c1"}, "n": [1, 2]}\'), json(\'{"p": {"three": "c2"}, "n": [3, 4]}\'))',
      { p: { one: 'a', three: 'c2' }, n: [3, 4] },
    ],
    [
      'union(json(\'[["one", "two"], ["three"]]\'), json(\'[["three"], ["four", "two"]]\'))',
      [['one', 'two'], ['three'], ['four', 'two']],
    ],
    ["union(createArray(1, '1', 1), createArray(true()))", [1, '1', true]],
    [
      'intersection(json(\'{"one": "a", "two": "b", "three": "c"}\'), json(\'{"one": "a", "two": "z", "three": "c"}\'))',
      { one: 'a', three: 'c' },
    ],
    ["intersection(createArray('aaa', 100), createArray(100, 'aaa'))", ['aaa', 100]],
    ["contains(createObject('Key', 1), 'kEY')", true],
    ['contains(createArray(createArray(1)), createArray(1))', true],
    ["contains('a1b', 1)", true],
    ["contains(createObject('1', 'a'), 1)", true],
    ["contains(createObject('a', 1), 1)", false],
    ["split('a;b,;c', createArray(';', ','))", ['a', 'b', '', 'c']],
    ["split('one--two', '--')", ['one', 'two']],
    ["padLeft(-100, 10, '0')", '000000-100'],
    ["indexOf('abcdef', '')", 0],
    ["lastIndexOf('test', 'T')", 3],
    ['take(createArray(1, 2), -1)', []],
    ['skip(createArray(1, 2), 100)', []],
    ["skip('one two three', -100)", 'one two three'],
    ['range(5, 0)', []],
    ['range(-2, 3)', [-2, -1, 0]],
    ["int('-5')", -5],
    ["int('9223372036854775807')", 9223372036854775807n],
    ["json('null')", null],
    ["json('3')", 3],
    ['json(\'"test"\')', 'test'],
    ["bool('1')", true],
    ["bool('FALSE')", false],
    ['bool(0)', false],
    ['string(json(\'{"b": [1, {"c": true}], "a": "x"}\'))', '{"b":[1,{"c":true}],"a":"x"}'],
    ['string(false())', 'False'],
    ["equals(json('{\"a\": {\"b\": [1]}}'), createObject('a', createObject('b', createArray(1))))", true],
    ["equals(createObject('a', 1, 'b', 2), createObject('b', 2, 'a', 1))", true],
    ["equals(createObject('a', 'x'), createObject('a', 'X'))", false],
    ["equals('1', 1)", false],
    ['coalesce(null(), null())', null],
    ["coalesce(null(), '', 'a')", ''],
    ['coalesce(false(), true())', false],
    ['createObject()', {}],
    ["createObject('a', null())", { a: null }],
    ['empty(createObject())', true],
    ["empty('')", true],
    ["first('')", ''],
    ["format('{0:N0} {1,6} {0}', 8175133, 'ab')", '8,175,133     ab 8175133'],
    ["format('{{{0}}}', 'a')", '{a}'],
    ["format('{0}', null())", ''],
    ['base64ToJson(base64(\'{"one": [1, 2]}\')).one[1]', 2],
    ["dataUriToString('data:,a%2Cb')", 'a,b'],
    ['min(3, createArray(1, 2))', 1],
    ['mod(-7, 3)', -1],
    ['div(-7, 2)', -3],
    ["cidrSubnet('10.0.0.0/30', 32, 3)", '10.0.0.3/32'],
    ["parseCidr('10.0.0.7/29').lastUsable", '10.0.0.6'],
    ["parseCidr('2001:db8::1/64').network", '2001:db8::'],
    ["createObject('a', createArray(createObject('b', 7)))['A'][0].B", 7],
    ["tryGet(createObject('a', createArray(createObject('b', 7))), 'A', 0, 'B')", 7],
    ['tryGet(createArray(), 0)', null],
    ["tryGet(null(), 'a')", null],
    ['tryIndexFromEnd(createArray(1), 0)', null],
    [
      "extensionResourceId(resourceId('A.B/c', 'x'), 'D.E/f/g', 'y', 'z')",
      `${deploymentScope().resourceGroup!.id}/providers/A.B/c/x/providers/D.E/f/y/g/z`,
    ],
    [
      "subscriptionResourceId('Microsoft.Resources/resourceGroups', 'g')",
      `${deploymentScope().subscription.id}/resourceGroups/g`,
    ],
    ["dateTimeAdd('2020-04-07 14:53:14Z', 'PT1H')", '4/7/2020 3:53:14 PM'],
    ["dateTimeAdd('2020-04-07T14:53:14Z', '-P9D', 'yyyy-MM-dd')", '2020-03-29'],
    ['dateTimeFromEpoch(1683040573)', '2023-05-02T15:16:13Z'],
  ])('%s', (expression, expected) => {
    expect(valueOf(expression)).toStrictEqual(expected);
  });

  it.each([
    "map(createArray(1), lambda('x', 'y', 'z', 1))",
    "sort(createArray(1, 2), lambda('x', 'y', 1))",
    "filter(createArray(1), lambda('x', 'yes'))",
    "toObject(createArray(1), lambda('x', lambdaVariables('x')))",
    "lambda('x', 1)",
    "createObject('a')",
    'createObject(1, 2)',
    "createArray(1)['0']",
    'createArray(1)[-1]',
    "createObject('a', 1)[0]",
    'null().a',
    "tryGet(createArray(1), 'a')",
    'range(2147483646, 2)',
    "int('1,000')",
    "int('')",
    "bool('yes')",
    "json('')",
    "json('{')",
    "less(1, '1')",
    'min()',
    'min(createArray())',
    "resourceId('A.B/c/d', 'x')",
    "resourceId('A.B/c', 'x', 'y')",
    "resourceId('c', 'x')",
    "extensionResourceId('/a', 'A.B/c')",
    "cidrSubnet('10.0.0.0/24', 33, 0)",
    "cidrSubnet('10.0.0.0/24', 25, 2)",
    "parseCidr('10.0.0.0')",
    "format('{1}', 'a')",
    "format('{0', 'a')",
    "dateTimeAdd('2020-01-01T00:00:00Z', 'P1W')",
    "dateTimeAdd('yesterday', 'P1D')",
    "uri('contoso', 'a')",
    'and(true())',
    'not(1)',
    "if('true', 1, 2)",
  ])('%s is refused', (expression) => {
    expect(refusalOf(expression)).not.toBe('');
  });
});

it('half of a surrogate pair is written in UTF-8 as in .NET: as a replacement character', () => {
  for (const name of ['base64', 'dataUri', 'uniqueString', 'guid', 'uriComponent'])
    expect(valueOf(`${name}('a\ud800')`)).toBe(valueOf(`${name}('a\ufffd')`));
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
      "int('9223372036854775808')",
      "cannot convert provided value '9223372036854775808' to integer value. Please see https://aka.ms/arm-function-int for usage details.",
    ],
    ["min(json('9223372036854775808'), 1)", "expects its parameter to be of type 'Integer'."],
    ["mod('9223372036854775808', 10)", "expects its first parameter to be of type 'Integer'."],
    [
      "contains(null(), 'a')",
      "The template language function 'contains' expects its first argument 'collection' to be a dictionary (object), an array or a string. The provided value is of type 'Null'.",
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
    ["float('1e400')", 'The value cannot be converted to the target type.'],
    [
      "float('one')",
      "The template language function 'float' was invoked with a parameter that is not valid. The value cannot be converted to the target type.",
    ],
    ["externalInput('sys.cli', 'x')", 'it is answered by the client'],
    [
      "substring('one', 200, 300, 400)",
      "The template language function 'substring' expects at least two parameters and up to three parameters: a string, a start index and optionally a length.",
    ],
    [
      "substring('one two three', -1, 3)",
      "Unable to evaluate the template language function 'substring'. The index parameter cannot be less than zero. The index: '-1'.",
    ],
    [
      "substring('one two three', 99, 3)",
      "The index parameter cannot be larger than the length of the string. The index parameter: '99', the length of the string parameter: '13'.",
    ],
    [
      "substring('one two three', 3, -1)",
      "The length parameter cannot be less than zero. The length parameter: '-1'.",
    ],
    [
      "substring('one', 1, 3)",
      "Unable to evaluate the template language function 'substring'. The index and length parameters must refer to a location within the string. The index parameter: '1', the length parameter: '3', the length of the string parameter: '3'.",
    ],
    [
      'take()',
      "The template language function 'take' expects exactly two parameters: the collection to take the objects from as the first parameter and the count of objects to take as the second parameter. The function was invoked with '0' parameter(s).",
    ],
    [
      'skip(100, 2)',
      "The template language function 'skip' expects its first parameter 'collection' to be an array or a string. The provided value is of type 'Integer'.",
    ],
    [
      "take('one', 'a')",
      "The template language function 'take' expects its second parameter 'count' to be an integer. The provided value is of type 'String'.",
    ],
    ["replace('a', 'b')", "The template language function 'replace' expects exactly '3' parameters."],
    [
      'intersection()',
      "Unable to evaluate template language function 'intersection'. At least two parameter should be provided.",
    ],
    [
      "union('aaa', 'bbb')",
      "The template language function 'union' expects either a comma separated list of arrays or a comma separated list of objects as its parameters.",
    ],
    [
      "intersection(createArray('aaa'), 200)",
      "Template language function 'intersection' expects parameters of the same type, but found multiple types.",
    ],
    ['union(createArray(), createObject())', 'of the same type, but found multiple types.'],
    [
      'format()',
      "Unable to evaluate template language function 'format'. At least one parameter should be provided.",
    ],
    [
      'format(100)',
      "Unable to evaluate language function 'format': the first argument must be a string literal,",
    ],
    ["fail('out of luck')", 'out of luck'],
  ])('%s', (expression, message) => {
    expect(refusalOf(expression)).toContain(message);
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
